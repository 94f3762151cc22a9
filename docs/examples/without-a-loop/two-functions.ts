// Two functions, one after the other: what coroutines are there to change; from the note on kinds of coroutines
function func1() {
  console.log(1)
  console.log(2)
}

function func2() {
  console.log(3)
  console.log(4)
}

func1()
func2()
