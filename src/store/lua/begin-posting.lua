-- What a post needs of its author before it is committed: the rate, the own list, and which circles to ask.
--
-- KEYS[1] counter of posts   KEYS[2] the person's circles   KEYS[3] the person's statuses
-- ARGV[1] most posts in a window   ARGV[2] seconds of a window   ARGV[3] status id   ARGV[4] now (ms)
-- ARGV[5] seconds the own list lives   ARGV[6] most own statuses   then the circles asked for (none: all)
-- Answer: the milliseconds until the window ends, where the rate is used up; else {circle, kind, …}: those asked for that the
-- person's list names. The id goes on the own list where there is at least one.
-- Safe to repeat because the list takes an id once; a repetition counts as one more try, as it does for whoever sends again.
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
if count > tonumber(ARGV[1]) then return redis.call('PTTL', KEYS[1]) end
local listed = {}
if #ARGV == 6 then
  listed = redis.call('HGETALL', KEYS[2])
else
  local kinds = redis.call('HMGET', KEYS[2], unpack(ARGV, 7))
  for index = 1, #kinds do
    if kinds[index] then
      listed[#listed + 1] = ARGV[6 + index]
      listed[#listed + 1] = kinds[index]
    end
  end
end
if #listed == 0 then return listed end
redis.call('ZADD', KEYS[3], 'NX', ARGV[4], ARGV[3])
-- Trimmed and prolonged now and then only: each of both would be one more write, with its share of an fsync, for every post.
if count % 64 == 1 or redis.call('TTL', KEYS[3]) < 0 then
  redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - tonumber(ARGV[6]))
  redis.call('EXPIRE', KEYS[3], ARGV[5])
end
return listed
