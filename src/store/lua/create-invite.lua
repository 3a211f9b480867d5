-- Stores an invite, unless the circle has as many open ones as it may: each is a way in. Ended ones make room.
--
-- KEYS[1] invites   KEYS[2] info
-- ARGV[1] invite id   ARGV[2] invite JSON   ARGV[3] now (RFC 3339)   ARGV[4] most open invites
-- ARGV[5] ended before this (RFC 3339): forgotten
-- It is stored with the circle's `seq`, which says what came before it (`join-circle.lua`) where clocks could not.
-- Answer: 1 stored, 0 too many.
-- Safe to repeat because an invite that is stored is left alone.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 1 end
local stored = redis.call('HGETALL', KEYS[1])
local most, total, open, ended = tonumber(ARGV[4]), #stored / 2, 0, {}
for index = 1, #stored, 2 do
  local invite = cjson.decode(stored[index + 1])
  if invite.expiresAt > ARGV[3] and invite.uses < invite.maxUses then
    open = open + 1
  elseif total > most or invite.expiresAt < ARGV[5] then
    ended[#ended + 1] = stored[index]
  end
end
if open >= most then return 0 end
for _, id in ipairs(ended) do redis.call('HDEL', KEYS[1], id) end
local seq = redis.call('HGET', KEYS[2], 'seq') or '0'
redis.call('HSET', KEYS[1], ARGV[1], '{"seq":' .. seq .. ',' .. string.sub(ARGV[2], 2))
return 1
