/** What the digit lab says, in both languages. */

export const WORDS = {
  ko: {
    pad: "숫자를 그리는 곳. 화살표 키로 펜을 옮기고, 스페이스로 펜을 내리거나 들고, Delete로 지웁니다.",
    hint: "손가락이나 마우스로 숫자를 그리거나, 아래의 손글씨를 골라 보세요.",
    clear: "지우기", undo: "한 획 취소", samples: "시험용 손글씨", sample: (d) => `손글씨 ${d} 불러오기`,
    nothing: "아직 그린 것이 없습니다.",
    answer: (d, p) => `답: ${d} (확률 ${p})`,
    map: (name, o, side) => `${name}의 특징 맵 ${o}, ${side}×${side}. 화살표 키로 칸을 고릅니다.`,
    cell: (name, o, i, j, sum, value) =>
      `${name} 특징 맵 ${o}의 (${i}, ${j}) 칸: 창과 필터의 내적에 편향을 더하면 ${sum}, ReLU를 지나면 ${value}입니다.`,
    pick: "특징 맵의 칸을 고르면 그 값을 만든 창과 필터가 여기에 나타납니다.",
    failed: "가중치를 불러오지 못했습니다. 연결을 확인하고 다시 그려 주세요.",
    penDown: "펜을 내렸습니다.", penUp: "펜을 들었습니다.",
    walk: "칸 옮기기", left: "왼쪽 칸", right: "오른쪽 칸", up: "위쪽 칸", down: "아래쪽 칸",
    seen: "신경망이 보는 그림",
  },
  en: {
    pad: "Drawing area. Arrow keys move the pen, space puts it down or lifts it, Delete clears.",
    hint: "Draw a digit with a finger or the mouse, or choose real handwriting below.",
    clear: "Clear", undo: "Undo a stroke", samples: "Held-out handwriting", sample: (d) => `Load a handwritten ${d}`,
    nothing: "Nothing is drawn yet.",
    answer: (d, p) => `Answer: ${d} (probability ${p})`,
    map: (name, o, side) => `Feature map ${o} of ${name}, ${side}×${side}. Arrow keys choose a cell.`,
    cell: (name, o, i, j, sum, value) =>
      `${name}, feature map ${o}, cell (${i}, ${j}): the inner product of window and filter plus the bias is ${sum}; after ReLU ${value}.`,
    pick: "Choose a cell of a feature map to see the window and the filter it came from.",
    failed: "The weights could not be loaded. Check the connection and draw again.",
    penDown: "Pen down.", penUp: "Pen up.",
    walk: "Move to another cell", left: "cell to the left", right: "cell to the right", up: "cell above", down: "cell below",
    seen: "What the network sees",
  },
};
