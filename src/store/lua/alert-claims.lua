-- Shared by the scripts that claim alerts for one person. A claim is `<job> <when (ms)>`, with ` queued` behind it once the
-- alerts are in the push queues: a job that runs twice then queues nothing again.
--
-- devices_of(push)                 session, provider, session, provider, … of everybody who can be alerted
-- claim(alerted, field, job, now)  whether the job has the claim and has not queued it yet
-- keep(alerted, now, keep_ms)      after a claim: drops old claims once a day and lets the rest live
local function devices_of(push)
  local devices = {}
  local stored = redis.call('HGETALL', push)
  for index = 1, #stored, 2 do
    devices[index] = stored[index]
    devices[index + 1] = string.match(stored[index + 1], '^%S+')
  end
  return devices
end

local function claim(alerted, field, job, now)
  local before = redis.call('HGET', alerted, field)
  if before then return string.match(before, '^%S+') == job and string.sub(before, -7) ~= ' queued' end
  redis.call('HSET', alerted, field, job .. ' ' .. now)
  return true
end

local function keep(alerted, now, keep_ms)
  redis.call('PEXPIRE', alerted, keep_ms)
  local pruned_at = redis.call('HGET', alerted, 'prunedAt')
  if pruned_at and tonumber(now) - tonumber(pruned_at) < 86400000 then return end
  redis.call('HSET', alerted, 'prunedAt', now)
  local claims = redis.call('HGETALL', alerted)
  for index = 1, #claims, 2 do
    local at = string.match(claims[index + 1], '^%S+ (%d+)')
    if at and tonumber(at) < tonumber(now) - tonumber(keep_ms) then redis.call('HDEL', alerted, claims[index]) end
  end
end
