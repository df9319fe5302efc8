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
#     description: 공간 정보, 효율, 학습시간, 추상화, 위치의 변화. CNN에 대한 주장을 손글씨로 공정하게 재어 봅니다.
# ---

# %% [markdown]
# # 왜 CNN인지 재어 보기 {#why-cnn-measured}
#
# **"공간 정보를 살린다", "더 효율적이다", "추상화한다", "어디에 있어도 알아본다"는 말은 얼마나 맞을까요?**
#
# 손글씨로 재어 보았습니다. 비교가 공정하려면 신경망마다 가장 잘 배우는 조건을 따로 찾아 주어야 합니다. 학습률 하나를
# 모두에게 똑같이 쓰면, 그 값이 우연히 잘 맞는 쪽이 이깁니다. 그래서 다음과 같이 했습니다.
#
# 1. 학습용 손글씨 4,000개 가운데 1,000개를 따로 떼어 둡니다. 학습률 다섯 가지와 학습 단계 수 두 가지를 모두 써 보고,
#    떼어 둔 1,000개를 가장 많이 맞힌 조건을 신경망마다, 실험마다 따로 고릅니다.
# 2. 고른 조건으로 4,000개 전부를 처음부터 다시 배웁니다. 시드(seed)를 바꾸어 다섯 번 되풀이합니다.
# 3. 지금까지 한 번도 쓰지 않은 1,000개로 시험합니다. 범위는 다섯 번 가운데 가장 적게 맞힌 값부터 가장 많이 맞힌 값까지입니다. 그래프의 세로선도 이 범위입니다.
#
# "더 많이 맞혔다"는 말은 한쪽의 가장 못한 값이 다른 쪽의 가장 잘한 값보다 클 때만 씁니다. 아래의 문장은 결과 파일에서
# 코드가 쓴 것입니다. 처음부터 다시 재려면 저장소 폴더에서 `python -m lesson.experiments`를 실행하세요. 코어 하나로
# 20분쯤 걸립니다.

# %%
import numpy as np

from lesson.examples import results

found = results()
found["setup"]

# %%
def spread(runs):
    return f"{100 * min(runs):.1f}-{100 * max(runs):.1f}%"

# %% [markdown]
# ## 무엇을 비교하나요 {#networks}
#
# 합성곱 신경망(cnn)은 5×5 합성곱과 최대 풀링을 두 번 하고 선형 계층으로 점수를 냅니다. 완전 연결 신경망(fc)은 이미지를
# 한 줄로 펴서 은닉층 하나를 지납니다. 이름의 수는 첫 합성곱의 필터 수나 은닉층의 너비입니다. linear는 은닉층이 없습니다.

# %%
print("network parameters multiply-adds accuracy")
for name, network in found["networks"].items():
    if name.startswith("size/"):
        print(f"{name[5:]:7} {network['parameters']:10,} {network['multiply_adds']:13,}",
              spread(found["final"][name]))

# %% [markdown]
# 계층과 학습시간까지 적으면 다음과 같습니다. 학습시간의 비는 한 단계에 걸린 시간에 고른 단계 수를 곱해서, 가장 빨리 끝난
# 신경망을 1로 놓은 것입니다.

# %% jupyter={"source_hidden": true}
from IPython.display import Markdown

from lesson.measured import sentence, tables
from lesson.plots import lines

tables.networks("ko")

# %% [markdown]
# ## 같은 정확도에 드는 비용 {#size}
#
# ### 매개변수로 보면 {#by-parameters}

# %% jupyter={"source_hidden": true}
def runs_by(cost, *kinds):
    names = sorted((n for n in found["networks"] if n.startswith(tuple(f"size/{k}" for k in kinds))),
                   key=lambda n: found["networks"][n][cost])
    return ([found["networks"][n][cost] for n in names],
            [[100 * run for run in found["final"][n]] for n in names])

def plot_by(cost, x, claim):
    return lines({"합성곱 신경망": runs_by(cost, "cnn"), "완전 연결 신경망": runs_by(cost, "fc", "linear")},
                 log=True, x=x, y="정확도(%)", alt=sentence(claim, "ko"))

plot_by("parameters", "매개변수의 수", "parameters")

# %% jupyter={"source_hidden": true}
Markdown(sentence("parameters", "ko") + " " + sentence("equal", "ko"))

# %% [markdown]
# ### 곱셈-누산으로 보면 {#by-multiply-adds}

# %% jupyter={"source_hidden": true}
plot_by("multiply_adds", "한 장에 드는 곱셈-누산의 수", "work")

# %% jupyter={"source_hidden": true}
Markdown(sentence("work", "ko"))

# %% [markdown]
# 합성곱은 저장할 수가 적습니다. 그러나 같은 필터를 모든 자리에서 다시 쓰기 때문에 계산까지 그만큼 줄지는 않습니다.
#
# ### 학습시간으로 보면 {#by-time}
#
# 강의 자료는 완전 연결 신경망의 "학습시간과 능률의 효율성이 저하"된다고 했습니다.

# %% jupyter={"source_hidden": true}
Markdown(sentence("time", "ko"))

# %% [markdown]
# 다른 라이브러리나 GPU에서 재면 비는 달라집니다. 적어도 이만한 이미지와 신경망에서 "CNN이 학습시간을 아껴 준다"는 말은
# 맞지 않습니다. CNN이 아껴 주는 것은 매개변수입니다.
#
# ## "추상화"는 CNN만 할까요 {#stages}
#
# 강의 자료는 완전 연결 신경망이 "추상화과정 없이 바로 연산과정으로" 넘어간다고 했습니다. **추상화**(abstraction)란 입력을
# 분류하기 쉬운 특징으로 바꾸는 일입니다. 특징이 얼마나 쓸 만한지는, 그 특징만 받은 선형 계층 하나가 얼마나 맞히는지로 잴 수
# 있습니다.

# %% jupyter={"source_hidden": true}
Markdown(sentence("stage", "ko"))

# %% [markdown]
# 그러니 추상화는 두 신경망이 모두 합니다. CNN은 그 일을 여러 단계로, 좁은 곳에서 넓은 곳으로 합니다. 학습된 신경망의 속을 직접
# 보겠습니다. [숫자 실험실](../digit-lab.md)에서 쓰는 신경망의 첫 필터 세 개와, 손글씨 하나가 그 필터를 지난 특징 맵, 다음 계층의
# 특징 맵입니다. 한 장마다 가장 작은 값은 바탕색으로, 가장 큰 값은 글자색으로 그렸습니다.

# %%
from cnnlib import conv2d, relu
from lesson.examples import digits, trained_weights

weights = trained_weights()
(images, labels), _ = digits()
first = relu(conv2d(images[0], weights["conv1.weight"], weights["conv1.bias"]))
second = relu(conv2d(first, weights["conv2.weight"], weights["conv2.bias"]))
print(labels[0], first.shape, second.shape)

# %% jupyter={"source_hidden": true}
from lesson.plots import rows_of_digits

def shade(planes):
    planes = np.asarray(planes, dtype=float)
    low = planes.min(axis=(1, 2), keepdims=True)
    height = planes.max(axis=(1, 2), keepdims=True) - low
    return (planes - low) / np.where(height == 0, 1, height)

def with_room(planes, count=5):
    return np.concatenate([planes, np.zeros((count - len(planes), *planes.shape[1:]))])

rows_of_digits([with_room(shade(weights["conv1.weight"][:, 0]))], alt="학습된 첫 합성곱의 5×5 필터 세 개.")

# %% jupyter={"source_hidden": true}
rows_of_digits([with_room(images[:1, 0])], alt=f"입력. 손글씨 {labels[0]}.")

# %% jupyter={"source_hidden": true}
rows_of_digits([with_room(shade(first))], alt="첫 합성곱의 특징 맵 세 장. 획의 윤곽이 보입니다.")

# %% jupyter={"source_hidden": true}
rows_of_digits([shade(second)], alt="두 번째 합성곱의 특징 맵 열 장. 획의 일부에만 반응합니다.")

# %% [markdown]
# 첫 특징 맵에는 획의 윤곽이 남아 있고, 두 번째 특징 맵은 장마다 획의 다른 부분에 반응합니다. 작은 신경망이라
# "부리"나 "날개"처럼 이름을 붙일 만한 것은 보이지 않습니다.
#
# ## "날것"과 이웃 {#permuted}
#
# 강의 자료는 CNN이 "이미지를 날것(raw input) 그대로" 받는다고 했습니다. 완전 연결 신경망도 같은 픽셀 값을 받습니다. 이 실험에서는
# 두 쪽 모두 손글씨만 20×20으로 잘라 가운데에 놓은 이미지를 받으니, 엄밀히는 둘 다 날것이 아닙니다. 다른 것은 **배치**입니다.
# 모든 이미지의 픽셀 400개를 똑같은 순서로 뒤섞고 처음부터 다시 배우게 해 보면 알 수 있습니다. 값은 하나도 사라지지 않았고,
# 섞은 순서를 알면 되돌릴 수 있습니다. 흩어진 것은 이웃뿐입니다.

# %%
for network in ("cnn8", "fc512"):
    print(f"{network:6} {spread(found['final'][f'size/{network}'])} -> "
          f"{spread(found['final'][f'permuted/{network}'])}")

# %% jupyter={"source_hidden": true}
Markdown(sentence("permuted", "ko"))

# %% [markdown]
# 완전 연결 계층은 처음부터 이웃을 쓰지 않았으므로 잃을 것이 없습니다. 합성곱은 이웃을 쓰기 때문에 잃습니다.
# 강의 자료가 말한 공간 정보의 "손실"은 정확히는 이것입니다.
#
# ## 숫자를 옮기면 {#shift}
#
# 32×32의 넓은 종이 한가운데에 20×20 숫자를 놓은 이미지로만 배운 다음, 0픽셀에서 6픽셀까지 좌우로 옮긴 이미지로 시험합니다.
# 옮긴 이미지는 학습률을 고를 때도 쓰지 않았습니다. 네 신경망의 계층은 다음과 같습니다. stride는 풀링 대신 스트라이드 2로 줄이고,
# pool은 2×2 최대 풀링으로 두 번 줄이며, global은 두 번째 풀링의 창을 10×10으로 키워 특징 맵 전체에서 가장 큰 값 하나만 남깁니다.

# %%
SHIFTS = range(7)
for name in ("fc", "stride", "pool", "global"):
    print(f"{name:7}", found["networks"][f"shift/{name}"]["architecture"])
print("pixels ", *(f"{pixels:12}" for pixels in SHIFTS))
for name in ("fc", "stride", "pool", "global"):
    print(f"{name:7}", *(f"{spread(runs):>12}" for runs in np.transpose(found["final"][f"shift/{name}"])))

# %% jupyter={"source_hidden": true}
NAMES = {"fc": "완전 연결", "stride": "합성곱, 스트라이드 2",
         "pool": "합성곱, 풀링 두 번", "global": "합성곱, 전체 풀링"}
lines({label: (list(SHIFTS), (100 * np.transpose(found["final"][f"shift/{name}"])).tolist())
       for name, label in NAMES.items()},
      x="옮긴 거리(픽셀)", y="정확도(%)", alt=sentence("shift", "ko"))

# %% jupyter={"source_hidden": true}
Markdown(sentence("shift", "ko"))

# %% [markdown]
# 합성곱은 입력이 움직이면 특징 맵도 함께 움직입니다(등변성). 그러나 답까지 그대로인 것은 아닙니다.
# 뒤의 완전 연결 계층이 자리를 따지기 때문입니다. 풀링은 조금의 이동을 견디게 하고, 특징 맵 전체를 한 번에
# 풀링하면 자리를 거의 잊습니다. 표에서 10% 근처의 값은 학습에 실패한 경우이고, 그래프의 평균에는 그대로 들어 있습니다.
#
# ## 적게 보고 배우면 {#data}
#
# 손글씨 4,000개 가운데 100개만 보고 배웁니다. 시드마다 다른 100개를 고르고, 학습률과 단계 수도 이 실험에서 따로 골랐습니다.

# %%
for network in ("cnn8", "fc512"):
    few, all_digits = found["final"][f"data/{network}:100"], found["final"][f"size/{network}"]
    print(f"{network:5}  100 digits {spread(few)}  4000 digits {spread(all_digits)}")

# %% jupyter={"source_hidden": true}
Markdown(sentence("data", "ko"))

# %% [markdown]
# ## 조건을 고른 표 {#grid}
#
# 신경망마다, 실험마다 써 본 조건과 떼어 둔 1,000개를 맞힌 비율(%)입니다. 시드 두 개의 평균입니다. 10 근처의 값은 학습률이 너무
# 커서 아무것도 배우지 못했다는 뜻입니다. 합성곱 신경망은 대체로 낮은 학습률에서, 완전 연결 신경망은 높은 학습률에서 잘 배웁니다. 모두에게
# 0.1을 썼다면 합성곱 쪽이 부당하게 유리했을 것입니다.

# %% jupyter={"source_hidden": true}
tables.grid("ko")

# %% [markdown]
# ## 이 실험이 말하지 않는 것 {#limits}
#
# 작은 신경망과 작은 손글씨로 잰 값입니다. 숫자를 가운데에 맞추어 둔 이미지라서, 자리를 따지는 완전 연결 신경망에 유리한 조건이기도
# 합니다. 데이터 증강도, 다른 최적화 방법도 쓰지 않았습니다. 이야기로 읽고 싶다면 [완전 연결 계층과 비교하기](../fully-connected.md)로 돌아가세요.
