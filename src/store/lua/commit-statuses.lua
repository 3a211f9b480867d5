-- Stores the statuses of one group commit with their outbox entries: all of it or nothing, in one slot.
--
-- KEYS[1] outbox of the lane   KEYS[2] batches   then per status: its record, its tombstone
-- ARGV[1] seconds a status lives   ARGV[2] lane ("fanout" or "help")   ARGV[3] most ids in a batch
-- ARGV[4] seed of the batch ids (unique to this call); then per status: id, record (JSON)
-- Answer: { batches, outcomes }: batches as {batch id, "id,id,…", …}; per status '' (stored now), 'retracted' (its tombstone
-- was there first), or the record that was there before.
-- Safe to repeat because a status that exists is answered and not queued again; a lost answer leaves its batch in the outbox.
local ttl, lane, most, seed = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
-- Redis' clock says how long a batch has waited: one for all who accept, and for all who look after what was accepted.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local outcomes, batches, ids = {}, {}, {}
local function close_batch()
  local batch = seed .. '-' .. (#batches / 2)
  local joined = table.concat(ids, ',')
  redis.call('ZADD', KEYS[1], now, batch)
  redis.call('HSET', KEYS[2], batch, lane .. ' ' .. joined)
  batches[#batches + 1] = batch
  batches[#batches + 1] = joined
  ids = {}
end
for index = 1, (#KEYS - 2) / 2 do
  local status, tombstone = KEYS[index * 2 + 1], KEYS[index * 2 + 2]
  local id, record = ARGV[index * 2 + 3], ARGV[index * 2 + 4]
  local before = redis.call('GET', status)
  if before then
    outcomes[index] = before
  elseif redis.call('EXISTS', tombstone) == 1 then
    outcomes[index] = 'retracted'
  else
    redis.call('SET', status, record, 'EX', ttl)
    outcomes[index] = ''
    ids[#ids + 1] = id
    if #ids == most then close_batch() end
  end
end
if #ids > 0 then close_batch() end
return { batches, outcomes }
