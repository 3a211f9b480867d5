-- Takes the news that one digest will tell out of the circle's window and closes the window: what comes now opens the next.
--
-- KEYS[1] alerts   KEYS[2] news   KEYS[3] claim   ARGV[1] window   ARGV[2] now (ms)   ARGV[3] seconds a claim lives
-- ARGV[4] ms that are added to the time until the next one
-- Answer: `<status id> <author>`, oldest first; empty when this window was told already, or all its news was retracted.
-- Safe to repeat because a job that stopped midway finds its claim again, and a window that is closed is not opened again.
if redis.call('EXISTS', KEYS[3]) == 0 then
  local state = redis.call('HMGET', KEYS[1], 'window', 'dueAt')
  if state[1] ~= ARGV[1] or not state[2] or state[2] == '' then return {} end
  redis.call('HSET', KEYS[1], 'dueAt', '')
  if redis.call('EXISTS', KEYS[2]) == 0 then return {} end
  redis.call('HSET', KEYS[1], 'lastAt', string.format('%.0f', tonumber(ARGV[2]) + tonumber(ARGV[4])))
  redis.call('RENAME', KEYS[2], KEYS[3])
  redis.call('EXPIRE', KEYS[3], ARGV[3])
end
return redis.call('ZRANGE', KEYS[3], 0, -1)
