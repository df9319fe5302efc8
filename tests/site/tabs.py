"""Tabs for the tests of a file: a window of the browser is opened once, what is kept in it wiped.

A window of its own for each test would start a process and fetch every script anew, which takes
three times as long as the page. So a window has an empty tab that stays, and keeps its process:
with `ONE_PROCESS` a tab beside it has the same one, in which the site's scripts are compiled.
"""

ONE_PROCESS = "--renderer-process-limit=1"


class Tabs:
    """A browser's windows, one for each set of settings; a tab in any of them is a clean one."""

    def __init__(self, browser):
        self.browser = browser
        self.windows = {}

    def open(self, origin, **settings):
        """Return a tab in which the site at `origin` has nothing stored."""
        key = repr(sorted(settings.items()))
        if key not in self.windows:
            self.windows[key] = self.browser.new_context(**settings)
            self.windows[key].new_page()
        tab = self.windows[key].new_page()
        client = tab.context.new_cdp_session(tab)
        client.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        client.detach()
        return tab

    def clear(self):
        """Close every tab but the empty one, and take back what it was permitted."""
        for window in self.windows.values():
            for tab in window.pages[1:]:
                tab.close()
            window.clear_permissions()

    def close(self):
        """Close every window."""
        for window in self.windows.values():
            window.close()
