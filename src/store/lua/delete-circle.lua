-- Deletes a circle with all it holds, and tells its live channel.
--
-- KEYS[1] info   KEYS[2..] everything else of the circle
-- ARGV[1] channel   ARGV[2] circle
-- Answer: 1 when it was there.
-- Safe to repeat because a circle that is gone is not announced again.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
local position = known[1] .. '-' .. string.format('%.0f', tonumber(known[2]) + 1)
-- One by one: unpack() takes at most 8,000 values, and an official circle has a history for each of 20,000 members.
for _, key in ipairs(KEYS) do redis.call('UNLINK', key) end
redis.call('PUBLISH', ARGV[1], position .. ' deleted ' .. ARGV[2] .. '\n{"t":"left","circle":"' .. ARGV[2] .. '"}')
return 1
