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

from lesson import digits

(images, labels), (held_out, held_out_labels) = digits.split()
images.shape, held_out.shape

# %% [markdown]
# ## 신경망 {#network}
#
# 과제의 계층을 그대로 적습니다. `cnnlib.layers`는 정수만 알고 있어서 형상과 매개변수의 수를 바로 셀 수 있습니다.

# %%
from cnnlib.layers import trace
from lesson.weights import BATCH, EPOCHS, RATE, SEED, homework_chain

for row in trace((32, 1, 20, 20), homework_chain()):
    print(f"{row.name:8} {row.output_shape!s:18} {row.parameters:6}")

# %% [markdown]
# ## 한 걸음 {#step}
#
# 학습의 한 걸음은 네 가지 일입니다. 점수를 구하고(순전파), 손실을 구하고, 손실의 기울기를 뒤에서 앞으로 전하고(역전파),
# 기울기의 반대 방향으로 가중치를 조금 옮깁니다. 아직 아무것도 배우지 않은 신경망의 손실은 열 개 중 하나를 찍는
# $\log 10 \approx 2.303$에 가깝습니다.

# %%
from cnnlib import cross_entropy, grad
from lesson.train import Network, accuracy, train

net = Network(homework_chain(), seed=SEED)
scores = net.forward(images[:32])
loss = cross_entropy(scores, labels[:32])
net.backward(grad.cross_entropy_input(scores, labels[:32]))
print(f"loss {loss:.3f}, log 10 = {np.log(10):.3f}")
for name, array in net.gradients.items():
    print(f"{name:13} {array.shape}")

# %% [markdown]
# ## 흔들어 보여 주기 {#wiggle}
#
# 4,000개는 많지 않습니다. 그래서 매번 조금씩 돌리고, 늘이고, 기울이고, 옮긴 숫자를 보여 줍니다. 같은 숫자도 매번
# 조금 다르게 보이므로 통째로 외우기 어렵습니다.

# %%
from lesson.plots import losses, rows_of_digits

moved = digits.wiggle(np.repeat(images[:1], 9, axis=0), np.random.default_rng(0))
rows_of_digits(
    [images[:10, 0], np.concatenate([images[:1, 0], moved[:, 0]])],
    alt="위: 학습용 손글씨 열 개. 아래: 첫 숫자와, 그것을 조금씩 움직인 아홉 가지 모습.")

# %% [markdown]
# ## 학습 {#train}
#
# 한 번에 16개씩, 전체를 40번 봅니다. 학습률은 0.1까지 올렸다가 끝으로 갈수록 0에 가깝게 줄입니다.

# %%
net = Network(homework_chain(), seed=SEED)
history = list(train(net, images, labels, epochs=EPOCHS, rate=RATE, batch=BATCH,
                     seed=SEED, change=digits.wiggle))
right = accuracy(net, held_out, held_out_labels)
print(f"{len(history)} steps")
print(f"loss {np.mean(history[:250]):.3f} -> {np.mean(history[-250:]):.3f}")
print(f"{100 * right:.1f}% of {len(held_out)} held-out digits")
assert right >= 0.97

# %%
first, last = np.mean(history[:250]), np.mean(history[-250:])
losses(history, every=250, x="에폭", y="손실(교차 엔트로피)",
       alt=f"에폭마다의 평균 손실. 첫 에폭의 {first:.2f}에서 마지막 에폭의 {last:.2f}까지 내려갑니다.")

# %% [markdown]
# ## 틀린 숫자 {#mistakes}
#
# 틀린 숫자를 직접 보는 것이 정확도보다 많은 것을 알려 줍니다. 사람도 망설일 만한 글씨가 많습니다.

# %%
answers = net.forward(held_out).argmax(axis=1)
wrong = np.flatnonzero(answers != held_out_labels)
print([f"{held_out_labels[i]}→{answers[i]}" for i in wrong[:10]])
rows_of_digits([held_out[wrong[:10], 0]], alt="신경망이 틀린 손글씨의 처음 열 개.")

# %% [markdown]
# ## 다음 {#next}
#
# 이렇게 학습한 가중치로 [숫자 실험실](../digit-lab.md)이 움직입니다. 손으로 숫자를 써 보고, 칸마다 어떤 값이
# 나오는지 따라가 보세요.
