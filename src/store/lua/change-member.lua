-- Replaces how a circle knows one member, when nobody else changed it in between.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] membership   KEYS[4] feed
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] person   ARGV[7] member JSON as read   ARGV[8] member JSON to be   ARGV[9] membership JSON as read
-- ARGV[10] membership JSON to be
-- Answer: 'changed' | 'conflict' (read again) | 'last-keeper'.
-- Safe to repeat because the second call finds 'conflict', and the caller then finds nothing left to change.
if redis.call('HGET', KEYS[2], ARGV[6]) ~= ARGV[7] or redis.call('HGET', KEYS[3], ARGV[6]) ~= ARGV[9] then return 'conflict' end
local keeper = '"role":"keeper"'
if string.find(ARGV[7], keeper, 1, true) and not string.find(ARGV[8], keeper, 1, true) then
  local keepers = 0
  for _, member in ipairs(redis.call('HVALS', KEYS[2])) do
    if string.find(member, keeper, 1, true) then keepers = keepers + 1 end
  end
  if keepers == 1 then return 'last-keeper' end
end
redis.call('HSET', KEYS[3], ARGV[6], ARGV[10])
if ARGV[7] == ARGV[8] then return 'changed' end
redis.call('HSET', KEYS[2], ARGV[6], ARGV[8])
emit(KEYS[1], KEYS[4], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'changed ' .. ARGV[6], 'member',
  '"change":"changed","member":' .. ARGV[8])
return 'changed'
