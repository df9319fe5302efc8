"""Where torch and cnnlib judge a call differently on purpose: the fuzz counts these apart."""

from typing import Any

KNOWN = (
    "torch skips its checks for an empty batch",
    "torch's float32 kernel gives an empty output",
    "torch gives memory that it never wrote",
    "torch takes or refuses an undocumented bias by its input's axes",
    "torch.nn.grad reads past a gradient of another shape",
    "torch.nn.grad takes no input without a batch",
    "torch.nn.grad takes True for 1",
)


def known_difference(name: str, arguments: dict[str, Any], ours: Any, theirs: Any) -> str:
    """Return which of the known differences this is, or nothing."""
    bias = arguments.get("bias")
    if name == "linear" and bias is not None and bias.ndim != 1:
        return KNOWN[3]
    if name.endswith(("_input", "_weight")) and "transpose" not in name:
        if str(ours).startswith("`grad_output` must have the output's shape"):
            return KNOWN[4]
        if "-dimensional input for" in str(theirs):
            return KNOWN[5]
        if str(ours).endswith("must be an int, got True"):
            return KNOWN[6]
    if not isinstance(ours, Exception) or isinstance(theirs, Exception):
        return ""
    given, said = arguments["input"], str(ours)
    if "conv" in name and given.shape[0] == 0 and isinstance(ours, ValueError):
        return KNOWN[0]
    emptied = given.dtype == "float32" and 0 in theirs[0].shape
    if "conv_transpose" in name and emptied and said.startswith("`padding` must leave at least"):
        return KNOWN[1]
    cropped = name == "pad" and arguments.get("mode") == "circular" and min(arguments["pad"]) < 0
    return KNOWN[2] if cropped and said.startswith("`pad` must be at most") else ""
