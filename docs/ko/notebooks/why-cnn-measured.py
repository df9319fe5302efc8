# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   page:
#     title: 왜 CNN인지 재어 보기
#     description: 공간 정보, 효율, 부분을 보는 힘, 위치의 변화. CNN에 대한 네 가지 주장을 손글씨로 재어 봅니다.
# ---

# %% [markdown]
# # 왜 CNN인지 재어 보기 {#why-cnn-measured}
#
# **"공간 정보를 살린다", "더 효율적이다", "어디에 있어도 알아본다"는 말은 얼마나 맞을까요?**
#
# 네 가지 실험으로 재어 보았습니다. 손글씨 4,000개로 배우고, 처음 보는 1,000개로 시험합니다. 시드(seed)를 바꾸어 가며
# 여러 번 되풀이했고, 그래프의 세로 막대는 그 표준편차입니다. 학습은 몇 분이 걸리므로 결과를 파일에 담아 두었습니다.
# `python -m lesson.experiments`를 실행하면 처음부터 다시 잴 수 있습니다.

# %%
import numpy as np

from lesson.examples import results

found = results()
found["setup"]

# %% [markdown]
# 시드마다 정확도가 하나씩 있습니다. 평균과 표준편차로 줄여서 봅니다.

# %%
def percent(runs):
    return f"{100 * np.mean(runs):.1f}% ± {100 * np.std(runs, ddof=1):.1f}"

# %% [markdown]
# ## 같은 정확도에 드는 값 {#size}
#
# 합성곱 신경망은 5×5 합성곱과 풀링을 두 번 하고 점수를 냅니다. 완전 연결 신경망은 이미지를 펴서 은닉층 하나를 지납니다.
# 크기를 바꾸어 가며 매개변수의 수와 정확도를 비교해 봅니다.

# %%
for name, cost in sorted(found["cost"].items(), key=lambda item: item[1]["parameters"]):
    runs = found["size"][name]
    print(f"{name:6} {cost['parameters']:7,} parameters {cost['multiply_adds']:8,} multiply-adds "
          f"{percent(runs)}")

# %% jupyter={"source_hidden": true}
from IPython.display import Markdown

from lesson.measured import sentence
from lesson.plots import lines

def by_size(kind):
    names = sorted((n for n in found["size"] if n.startswith(kind)),
                   key=lambda n: found["cost"][n]["parameters"])
    return ([found["cost"][n]["parameters"] for n in names],
            [[100 * run for run in found["size"][n]] for n in names])

lines({"합성곱 신경망": by_size("cnn"), "완전 연결 신경망": by_size("fc")}, log=True,
      x="매개변수의 수", y="정확도(%)", alt=sentence("size", "ko"))

# %% jupyter={"source_hidden": true}
Markdown(sentence("size", "ko") + " " + sentence("cost", "ko"))

# %% [markdown]
# 매개변수는 훨씬 적지만 곱셈-누산까지 그만큼 줄어드는 것은 아닙니다. 같은 필터를 모든 자리에서 다시 쓰기 때문에,
# 저장할 수는 적어도 계산은 자리마다 해야 합니다.

# %% [markdown]
# ## 픽셀을 뒤섞으면 {#permuted}
#
# 모든 이미지의 픽셀 400개를 똑같은 순서로 뒤섞고 처음부터 다시 배우게 합니다. 정보는 하나도 사라지지 않았습니다.
# 섞은 순서를 알면 원래대로 되돌릴 수 있습니다. 흩어진 것은 이웃뿐입니다.

# %%
for name in ("cnn8", "fc128"):
    plain, mixed = found["size"][name], found["permuted"][name]
    print(f"{name:6} {percent(plain)} -> {percent(mixed)}")

# %% jupyter={"source_hidden": true}
Markdown(sentence("permuted", "ko"))

# %% [markdown]
# 완전 연결 계층은 처음부터 이웃을 쓰지 않았으므로 잃을 것이 없습니다. 합성곱은 이웃을 쓰기 때문에 잃습니다.
# 강의 자료가 말한 공간 정보의 "손실"은 정확히는 이것입니다.

# %% [markdown]
# ## 숫자를 옮기면 {#shift}
#
# 숫자가 늘 한가운데 있는 이미지로만 배운 다음, 0픽셀에서 6픽셀까지 옆으로 옮긴 이미지로 시험합니다.

# %%
print("pixels     ", *(f"{pixels:5}" for pixels in range(7)))
for name, runs in found["shift"].items():
    print(f"{name:11}", *(f"{100 * share:5.1f}" for share in np.mean(runs, axis=0)))

# %% jupyter={"source_hidden": true}
NAMES = {"fc": "완전 연결", "cnn-stride": "합성곱, 풀링 없음",
         "cnn-pool": "합성곱, 풀링 두 번", "cnn-global": "합성곱, 전체 풀링"}
lines({label: (range(7), (100 * np.array(found["shift"][name])).T.tolist())
       for name, label in NAMES.items()},
      x="옮긴 거리(픽셀)", y="정확도(%)", alt=sentence("shift", "ko"))

# %% jupyter={"source_hidden": true}
Markdown(sentence("shift", "ko"))

# %% [markdown]
# 합성곱은 입력이 움직이면 특징 맵도 함께 움직입니다(등변성). 그러나 답까지 그대로인 것은 아닙니다.
# 뒤의 완전 연결 계층이 자리를 따지기 때문입니다. 풀링은 조금의 이동을 견디게 하고, 특징 맵 전체를 한 번에
# 풀링해야 비로소 자리를 거의 잊습니다. 여기에서도 가장자리에 가까워지면 정확도가 조금 떨어집니다.

# %% [markdown]
# ## 적게 보고 배우면 {#data}
#
# 걸음 수는 같게 두고, 배우는 손글씨의 수만 바꿉니다.

# %%
SIZES = (100, 250, 500, 1000, 2000, 4000)
for network in ("cnn8", "fc128"):
    for size in SIZES:
        print(f"{network:5} {size:4} digits {percent(found['data'][f'{network}:{size}'])}")

# %% jupyter={"source_hidden": true}
def by_data(network):
    return SIZES, [[100 * run for run in found["data"][f"{network}:{n}"]] for n in SIZES]

lines({"합성곱 신경망": by_data("cnn8"), "완전 연결 신경망": by_data("fc128")}, log=True,
      x="배운 손글씨의 수", y="정확도(%)", alt=sentence("data", "ko"))

# %% jupyter={"source_hidden": true}
Markdown(sentence("data", "ko"))

# %% [markdown]
# ## 이 실험이 말하지 않는 것 {#limits}
#
# 작은 신경망과 작은 손글씨로 잰 값입니다. 더 오래 배우거나 구조를 바꾸면 숫자는 달라집니다. 그래도 네 가지 차이의
# 방향은 시드를 바꾸어도 그대로였습니다. 이야기로 읽고 싶다면 [왜 CNN일까요](../why-cnn.md)로 돌아가세요.
