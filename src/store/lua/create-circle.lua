-- Makes a circle with its first member, who is its keeper.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] membership   KEYS[4] feed
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] name   ARGV[7] kind   ARGV[8] createdAt   ARGV[9] person   ARGV[10] member JSON   ARGV[11] membership JSON members
-- Answer: the position.
-- Safe to repeat because a circle that exists is left alone.
if redis.call('EXISTS', KEYS[1]) == 1 then
  local known = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
  return known[1] .. '-' .. known[2]
end
redis.call('HSET', KEYS[1], 'name', ARGV[6], 'kind', ARGV[7], 'createdAt', ARGV[8], 'invites', 'keepers')
redis.call('HSET', KEYS[2], ARGV[9], ARGV[10])
redis.call('HSET', KEYS[3], ARGV[9], '{"joinedSeq":1,' .. ARGV[11] .. '}')
return emit(KEYS[1], KEYS[4], ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], 'joined ' .. ARGV[9], 'member',
  '"change":"joined","member":' .. ARGV[10])
