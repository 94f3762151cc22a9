-- Prints the nanoseconds of one resume and yield of N Lua coroutines, round robin.
local count = tonumber(arg[1])
local rounds = 2000000 // count
local resume, yield = coroutine.resume, coroutine.yield
local ring = {}
for i = 1, count do
  ring[i] = coroutine.create(function() while true do yield(i) end end)
end
local start = os.clock()
for _ = 1, rounds do
  for i = 1, count do resume(ring[i], i) end
end
print((os.clock() - start) * 1e9 / (rounds * count))
