# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
#   page:
#     title: cnnlib만으로 학습하기
#     description: 과제의 신경망을 cnnlib의 순전파와 기울기, 경사 하강법만으로 학습시켜 손글씨를 읽게 합니다.
# ---

# %% [markdown]
# # cnnlib만으로 학습하기 {#training}
#
# **과제에서 형상만 계산했던 그 신경망은 정말로 숫자를 읽을 수 있을까요?**
#
# 이 노트북은 [과제](../homework.md)의 신경망을 PyTorch 없이 학습시킵니다. 순전파도, 기울기도, 경사 하강법도
# 모두 `cnnlib`와 NumPy로 계산합니다.

# %% [markdown]
# ## 데이터 {#data}
#
# MNIST 손글씨 5,000개를 저장소에 담아 두었습니다. 4,000개로 학습하고, 1,000개는 한 번도 보여 주지 않다가
# 마지막에 시험할 때만 씁니다. MNIST를 만든 사람들은 숫자를 20×20 상자에 맞춘 다음 28×28의 가운데에 놓았으므로,
# 여기서는 그 상자만 잘라 씁니다.

# %%
import numpy as np

from lesson.examples import digits

(images, labels), (held_out, answers) = digits()
images.shape, held_out.shape

# %% [markdown]
# ## 신경망 {#network}
#
# 과제의 계층을 그대로 적습니다. `cnnlib.layers`는 정수만 알고 있어서 형상과 매개변수의 수를 바로 셀 수 있습니다.

# %%
from cnnlib.layers import Conv2d, Flatten, Linear, ReLU, trace

network = {
    "conv1": Conv2d(1, 3, kernel_size=5), "relu1": ReLU(),
    "conv2": Conv2d(3, 10, kernel_size=5), "relu2": ReLU(),
    "flatten": Flatten(),
    "fc1": Linear(1440, 50), "relu3": ReLU(),
    "fc2": Linear(50, 10),
}
for row in trace((32, 1, 20, 20), network):
    print(f"{row.name:8} {row.output_shape!s:18} {row.parameters:6}")

# %% [markdown]
# 가중치와 편향은 무작위로 시작합니다. 값 하나를 만드는 데 들어가는 수가 많을수록 작은 값에서 고릅니다.
# `torch.nn`이 정하는 방법과 같습니다.

# %%
def fresh(seed):
    rng = np.random.default_rng(seed)
    shapes = {"conv1": (3, 1, 5, 5), "conv2": (10, 3, 5, 5), "fc1": (50, 1440), "fc2": (10, 50)}
    made = {}
    for name, shape in shapes.items():
        bound = 1 / np.sqrt(np.prod(shape[1:]))
        made[name] = [rng.uniform(-bound, bound, size).astype(np.float32)
                      for size in (shape, shape[:1])]
    return made

# %% [markdown]
# ## 한 걸음 {#step}
#
# 학습의 한 걸음은 네 가지 일입니다. 점수를 구하고(순전파), 손실을 구하고, 손실의 기울기를 뒤에서 앞으로 전하고([역전파](../backward.md)),
# 기울기의 반대 방향으로 가중치를 조금 옮깁니다.
#
# 순전파는 네 줄입니다. 역전파에 쓸 수 있도록 계층마다 나온 값을 모두 돌려줍니다.

# %%
from cnnlib import conv2d, cross_entropy, grad, linear, relu

def forward(params, x):
    c1 = conv2d(x, *params["conv1"])
    c2 = conv2d(relu(c1), *params["conv2"])
    f1 = linear(relu(c2).reshape(len(x), -1), *params["fc1"])
    return c1, c2, f1, linear(relu(f1), *params["fc2"])

# %% [markdown]
# 역전파는 같은 길을 거꾸로 갑니다. 계층마다 할 일은 둘입니다. 자기 가중치와 편향의 기울기를 구하고, 입력의 기울기를
# 앞 계층에 건네줍니다. 맨 앞 계층은 건네줄 곳이 없습니다.

# %%
def backward(params, x, values, g):
    c1, c2, f1, _ = values
    flat = relu(c2).reshape(len(x), -1)
    weight = {name: pair[0] for name, pair in params.items()}
    found = {"fc2": (grad.linear_weight(relu(f1), weight["fc2"].shape, g), grad.linear_bias(g))}
    g = grad.relu_input(f1, grad.linear_input(f1.shape, weight["fc2"], g))
    found["fc1"] = grad.linear_weight(flat, weight["fc1"].shape, g), grad.linear_bias(g)
    g = grad.linear_input(flat.shape, weight["fc1"], g).reshape(c2.shape)
    g = grad.relu_input(c2, g)
    found["conv2"] = grad.conv2d_weight(relu(c1), weight["conv2"].shape, g), grad.conv2d_bias(g)
    g = grad.relu_input(c1, grad.conv2d_input(c1.shape, weight["conv2"], g))
    found["conv1"] = grad.conv2d_weight(x, weight["conv1"].shape, g), grad.conv2d_bias(g)
    return found

# %% [markdown]
# 아직 아무것도 배우지 않은 신경망의 손실은 열 개 중 하나를 찍는 $\log 10 \approx 2.303$에 가깝습니다.

# %%
params = fresh(seed=1)
values = forward(params, images[:32])
scores = values[-1]
loss = cross_entropy(scores, labels[:32])
gradients = backward(params, images[:32], values, grad.cross_entropy_input(scores, labels[:32]))
print(f"loss {loss:.3f}, log 10 = {np.log(10):.3f}")
for name, (of_weight, of_bias) in gradients.items():
    print(f"{name:5} {of_weight.shape!s:14} {of_bias.shape}")

# %% [markdown]
# ## 데이터 증강 {#wiggle}
#
# 4,000개는 많지 않습니다. 그래서 매번 조금씩 돌리고, 늘이고, 기울이고, 옮긴 숫자를 보여 줍니다. 같은 숫자도 매번
# 조금 다르게 보이므로 통째로 외우기 어렵습니다.
#
# 새 이미지의 칸마다 원래 이미지의 어디를 볼지 정하고, 칸과 칸 사이라면 둘레의 네 칸을 섞습니다. SciPy가 그 일을 합니다.

# %%
from scipy.ndimage import affine_transform

def wiggle(image, rng):
    angle = np.deg2rad(rng.uniform(-12, 12))
    zoom, slant = rng.uniform(0.9, 1.1), rng.uniform(-0.1, 0.1)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle) + slant]])
    middle = np.array([9.5, 9.5])                       # it turns around the middle
    start = middle - turn @ middle / zoom + rng.uniform(-1.5, 1.5, 2)
    return affine_transform(image, turn / zoom, start, order=1)

rng = np.random.default_rng(0)
moved = np.stack([wiggle(images[0, 0], rng) for _ in range(9)])

# %% jupyter={"source_hidden": true}
from lesson.plots import losses, rows_of_digits

rows_of_digits(
    [images[:10, 0], np.concatenate([images[:1, 0], moved])],
    alt="위: 학습용 손글씨 열 개. 아래: 첫 숫자와, 그것을 조금씩 움직인 아홉 가지 모습.")

# %% [markdown]
# ## 학습 {#train}
#
# 한 번에 16개씩, 전체를 20번 봅니다. 학습률은 0.1까지 올렸다가 끝으로 갈수록 0에 가깝게 줄입니다.

# %%
def train(params, epochs, batch, highest, rng):
    steps = epochs * len(images) // batch
    for step in range(steps):
        if step % (len(images) // batch) == 0:          # a new epoch: another order, moved afresh
            order = rng.permutation(len(images))
            shown = np.stack([wiggle(images[i, 0], rng) for i in order])[:, None]
        chosen = slice(step * batch % len(images), step * batch % len(images) + batch)
        x, y = shown[chosen], labels[order[chosen]]
        values = forward(params, x)
        found = backward(params, x, values, grad.cross_entropy_input(values[-1], y))
        done = step / steps
        rate = highest * min(1, 10 * done) * (1 + np.cos(np.pi * done)) / 2
        for name, pair in found.items():
            for array, gradient in zip(params[name], pair):
                array -= np.float32(rate) * gradient    # against the gradient
        yield float(cross_entropy(values[-1], y))

# %%
params = fresh(seed=1)
history = list(train(params, epochs=20, batch=16, highest=0.1, rng=np.random.default_rng(1)))
guesses = forward(params, held_out)[-1].argmax(axis=1)
right = np.mean(guesses == answers)
print(f"{len(history)} steps")
print(f"loss {np.mean(history[:250]):.3f} -> {np.mean(history[-250:]):.3f}")
print(f"{100 * right:.1f}% of {len(held_out)} held-out digits")
assert right >= 0.96

# %% jupyter={"source_hidden": true}
first, last = np.mean(history[:250]), np.mean(history[-250:])
losses(history, every=250, x="에폭", y="손실(교차 엔트로피)",
       alt=f"에폭마다의 평균 손실. 첫 에폭의 {first:.2f}에서 마지막 에폭의 {last:.2f}까지 내려갑니다.")

# %% [markdown]
# ## 틀린 숫자 {#mistakes}
#
# 정확도 하나만 보지 말고 틀린 숫자를 직접 살펴보세요. 여러분은 무엇이라고 읽으시겠습니까?

# %%
wrong = np.flatnonzero(guesses != answers)
print([f"{answers[i]}→{guesses[i]}" for i in wrong[:10]])

# %% jupyter={"source_hidden": true}
rows_of_digits([held_out[wrong[:10], 0]], alt="신경망이 틀린 손글씨의 처음 열 개.")

# %% [markdown]
# ## 다음 {#next}
#
# 같은 방법으로 학습해 둔 가중치로 [숫자 실험실](../digit-lab.md)이 움직입니다. 손으로 숫자를 써 보고, 칸마다 어떤 값이
# 나오는지 따라가 보세요.
