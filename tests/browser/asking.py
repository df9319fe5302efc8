"""Where numbers that can be asked stand in a page, and what of them a test needs."""

NUMBER = "article [data-from]"
STOP = "article [aria-description]"
CARD = ".cnn-source:popover-open"
WORDS = {
    "": {"switch": "수의 출처 보기", "card": "이 수의 출처", "lost": "받지 못했"},
    "en/": {
        "switch": "Show where",
        "card": "Where this number comes from",
        "lost": "did not arrive",
    },
}
SEVENTY = "70 = inner_product(A, B)"
FOCUSED = "document.activeElement"


def seventy(page):
    """Return the first 70 of the lesson."""
    return page.locator(NUMBER).get_by_text("70", exact=True).first


def switch(page):
    return page.get_by_role("switch")


def underlined(page):
    """Return how many numbers are marked for the eye."""
    return page.evaluate(
        """() => [...document.querySelectorAll('article [data-from]')].filter(
          (number) => getComputedStyle(number).textDecorationStyle === 'dotted').length"""
    )


def on(page):
    """Turn the switch on by keys, and lead the focus to the first number."""
    switch(page).focus()
    page.keyboard.press("Enter")
    page.locator("article.cnn-asks").wait_for()
    while not page.evaluate(f"{FOCUSED}.matches('article [aria-description]')"):
        page.keyboard.press("Tab")
