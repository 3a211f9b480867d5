-- Gives a person another recovery code. Nothing for somebody who is erased, or was removed.
--
-- KEYS[1] profile
-- ARGV[1] hash of the new code   ARGV[2] "keep": the code before works until its owner says that the new one is kept; "end": it does not
-- Answer: hashes of the codes that end by it; the new one's where nobody is there.
-- Safe to repeat because the same new code ends none; what the first run ended, its caller has read beforehand.
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'erasedAt') == 1 then return { ARGV[1] } end
local current, before = unpack(redis.call('HMGET', KEYS[1], 'recovery', 'recoveryBefore'))
if current == ARGV[1] then return {} end
redis.call('HSET', KEYS[1], 'recovery', ARGV[1])
if ARGV[2] == 'end' then
  redis.call('HDEL', KEYS[1], 'recoveryBefore')
  return before and { current, before } or { current }
end
-- One that nobody has said to have kept gives way to the next; the one on paper stays.
if before then return { current } end
redis.call('HSET', KEYS[1], 'recoveryBefore', current)
return {}
