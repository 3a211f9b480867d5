-- Takes a person out of a circle: member, board row, history. An erased person also leaves no trace in the feed, and a circle
-- never stays without a keeper because of it. Whom a keeper removed, the circle remembers, for `join-circle.lua`.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] membership   KEYS[4] feed   KEYS[5] board   KEYS[6] the person's history
-- KEYS[7] removed
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] person   ARGV[7] "leave", "remove" (by a keeper) or "erase"   ARGV[8] person who takes over as keeper if nobody else is one, or ''
-- ARGV[9] seconds for which a removal is remembered
-- Answer: 'removed' | 'not-member' | 'last-keeper' (not for "erase"); only for "erase": 'heir' (nothing was done: name somebody
-- who is a member now) | 'empty' (nobody is left: delete the circle).
-- Safe to repeat because somebody who is no member is answered 'not-member', or 'empty' again, and nothing is emitted.
if ARGV[7] == 'erase' then redis.call('HDEL', KEYS[7], ARGV[6]) end
local member = redis.call('HGET', KEYS[2], ARGV[6])
if not member then
  local is_empty = redis.call('HLEN', KEYS[2]) == 0 and redis.call('EXISTS', KEYS[1]) == 1
  return is_empty and ARGV[7] == 'erase' and 'empty' or 'not-member'
end
local keeper = '"role":"keeper"'
local keepers = 0
for _, other in ipairs(redis.call('HVALS', KEYS[2])) do
  if string.find(other, keeper, 1, true) then keepers = keepers + 1 end
end
local was_last = string.find(member, keeper, 1, true) and keepers == 1
if was_last and ARGV[7] ~= 'erase' then return 'last-keeper' end
local heir = was_last and redis.call('HGET', KEYS[2], ARGV[8])
if was_last and not heir and redis.call('HLEN', KEYS[2]) > 1 then return 'heir' end
redis.call('HDEL', KEYS[2], ARGV[6])
redis.call('HDEL', KEYS[3], ARGV[6])
redis.call('HDEL', KEYS[5], ARGV[6])
redis.call('DEL', KEYS[6])
if ARGV[7] == 'erase' then
  -- Old positions are lost on purpose: the feed held this person's words.
  redis.call('DEL', KEYS[4])
  redis.call('HSET', KEYS[1], 'runId', '')
end
local position = emit(KEYS[1], KEYS[4], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'left ' .. ARGV[6], 'member',
  '"change":"left","member":{"id":"' .. ARGV[6] .. '"}')
if ARGV[7] == 'remove' then
  local now = tonumber(redis.call('TIME')[1])
  local known = redis.call('HGETALL', KEYS[7])
  for index = 1, #known, 2 do
    local at = tonumber(string.match(known[index + 1], '%d+$'))
    if at < now - ARGV[9] then redis.call('HDEL', KEYS[7], known[index]) end
  end
  redis.call('HSET', KEYS[7], ARGV[6], string.match(position, '%d+$') .. ' ' .. now)
  redis.call('EXPIRE', KEYS[7], ARGV[9])
end
if redis.call('HLEN', KEYS[2]) == 0 then return 'empty' end
if heir then
  local as_keeper = string.gsub(heir, '"role":"member"', keeper)
  redis.call('HSET', KEYS[2], ARGV[8], as_keeper)
  emit(KEYS[1], KEYS[4], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'changed ' .. ARGV[8], 'member',
    '"change":"changed","member":' .. as_keeper)
end
return 'removed'
