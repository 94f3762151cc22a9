def sum(n):
    if n < 0:
        raise Exception('too far')
    return 0 if n == 0 else n + (yield sum(n - 1))


def careful(n):
    try:
        return (yield sum(n))
    except Exception:
        return -1


def bounce(call):
    stack = []
    resume = lambda: next(call)
    while True:
        try:
            value = resume()
        except StopIteration as stop:  # it has returned: its caller goes on with the value
            if not stack:
                return stop.value
            call, result = stack.pop(), stop.value
            resume = lambda: call.send(result)
        except Exception as error:  # it has failed: the error is its caller's
            if not stack:
                raise
            call, failure = stack.pop(), error
            resume = lambda: call.throw(failure)
        else:  # it wants a call
            stack.append(call)
            call = value
            resume = lambda: next(call)


print(bounce(sum(2)))
print(bounce(careful(-1)))
