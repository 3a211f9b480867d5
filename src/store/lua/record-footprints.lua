-- Notes that one member of a circle has seen statuses there.
--
-- KEYS[1] info   KEYS[2] membership   then per status: its author's history, its seen
-- ARGV[1] member   ARGV[2] now (ms)   ARGV[3] most footprints of a status   ARGV[4] kinds whose members leave footprints unless
-- they choose otherwise, with a space between   then per status: order key, acceptedAt (RFC 3339), ms that it has left to live
-- Answer: per status 1 where the footprint is new, else 0; false for whoever is no member.
-- Safe to repeat because a zset holds each member once, and the first time stands. What the circle was not shown, or no more,
-- or before the member joined, is passed over.
local membership = redis.call('HGET', KEYS[2], ARGV[1])
local kind = redis.call('HGET', KEYS[1], 'kind')
if not (membership and kind) then return false end
local known = cjson.decode(membership)
local leaves = known.footprints
if leaves == nil then leaves = string.find(' ' .. ARGV[4] .. ' ', ' ' .. kind .. ' ', 1, true) ~= nil end
local answers = {}
for index = 1, (#KEYS - 2) / 2 do
  local history, seen = KEYS[index * 2 + 1], KEYS[index * 2 + 2]
  local order_key, accepted_at, left = unpack(ARGV, index * 3 + 2, index * 3 + 4)
  answers[index] = 0
  if leaves and accepted_at >= known.joinedAt and redis.call('ZSCORE', history, order_key) then
    local count = redis.call('ZCARD', seen)
    if count < tonumber(ARGV[3]) then answers[index] = redis.call('ZADD', seen, 'NX', ARGV[2], ARGV[1]) end
    if count == 0 then redis.call('PEXPIRE', seen, left) end
  end
end
return answers
