-- Brings statuses to one circle: history, board (newest wins), feed, live channel, news for the next alert.
--
-- KEYS[1] info   KEYS[2] members   KEYS[3] board   KEYS[4] feed   KEYS[5] retracted   KEYS[6] alerts   KEYS[7] news
-- then per status: its author's history
-- ARGV[1] channel   ARGV[2] circle   ARGV[3] run id   ARGV[4] new epoch   ARGV[5] most events in the feed
-- ARGV[6] now (ms)   ARGV[7] most statuses in a history   ARGV[8] seconds a history lives   ARGV[9] ms between digests
-- ARGV[10] ms that even a quiet circle's digest waits for more
-- then per status: id, author, order key, writtenAt (ms), the status as JSON members without id, author and braces,
-- "help": alerted on its own; "late": for the history only once its author's newer one is on the board; "": neither
-- Answer: { window, due, opened, outcomes }: the window of the digest that is open now and when it is due (ms), or 0, 0; opened
-- 1 where these statuses opened it; per status 'published' | 'overtaken' | 'seen' | 'retracted' | 'not-member', or what Redis
-- said of a history that cannot be written.
-- Safe to repeat because "seen before" is one ZADD NX on the history: 0 means that nothing is emitted. What may fail is read
-- before anything is written, so that one broken key does not leave others remembered and not shown.
local INFO, MEMBERS, BOARD, FEED, RETRACTED, ALERTS, NEWS = unpack(KEYS, 1, 7)
local now = tonumber(ARGV[6])

local statuses, ids, authors = {}, {}, {}
for index = 1, #KEYS - 7 do
  local id, author, order_key, written_at, fields, way = unpack(ARGV, index * 6 + 5, index * 6 + 10)
  statuses[index] = {
    history = KEYS[index + 7], id = id, author = author, order_key = order_key, written_at = written_at, fields = fields,
    way = way,
  }
  ids[index] = id
  authors[index] = author
end
local members = redis.call('HMGET', MEMBERS, unpack(authors))
local rows = redis.call('HMGET', BOARD, unpack(authors))
local retracted = redis.call('ZMSCORE', RETRACTED, unpack(ids))
local alerts = redis.call('HMGET', ALERTS, 'window', 'dueAt', 'lastAt')

-- Puts a status into its author's history; the outcome.
local function remember(status)
  local added = redis.pcall('ZADD', status.history, 'NX', status.written_at, status.order_key)
  if type(added) == 'table' then return added.err end
  if added == 0 then return 'seen' end
  if redis.call('ZCARD', status.history) > tonumber(ARGV[7]) then
    redis.call('ZREMRANGEBYRANK', status.history, 0, -1 - tonumber(ARGV[7]))
    -- Older than all of a full history: it is news to nobody, and must not be told at each repetition.
    if not redis.call('ZSCORE', status.history, status.order_key) then return 'seen' end
  end
  redis.call('EXPIRE', status.history, ARGV[8])
  return 'published'
end

-- The digest that these statuses wait for; news opens one where none is open.
local function find_window(has_news)
  if alerts[2] and alerts[2] ~= '' then return tonumber(alerts[1]), tonumber(alerts[2]), 0 end
  if not has_news then return 0, 0, 0 end
  local due = math.max(now + tonumber(ARGV[10]), tonumber(alerts[3] or '0') + tonumber(ARGV[9]))
  redis.call('HSET', ALERTS, 'dueAt', string.format('%.0f', due))
  return redis.call('HINCRBY', ALERTS, 'window', 1), due, 1
end

local function as_json(status, author)
  return '{"id":"' .. status.id .. '",' .. author .. status.fields .. '}'
end

local outcomes = {}
-- By author: the order key that the board ends up with, and its row where that changes.
local newest, changed = {}, {}
for index, status in ipairs(statuses) do
  local outcome = not members[index] and 'not-member' or retracted[index] and 'retracted' or remember(status)
  outcomes[index] = outcome
  if outcome == 'published' then
    local author, order_key = status.author, status.order_key
    local shown = newest[author] or rows[index] and string.sub(rows[index], 1, #order_key) or ''
    if shown < order_key then changed[author] = order_key .. ' ' .. as_json(status, '') end
    newest[author] = shown < order_key and order_key or shown
  end
end

local events, news = {}, {}
for index, status in ipairs(statuses) do
  if outcomes[index] == 'published' then
    if status.way == 'late' and status.order_key < newest[status.author] then
      outcomes[index] = 'overtaken'
    else
      local body = '"status":' .. as_json(status, '"author":' .. members[index] .. ',')
      events[#events + 1] = { header = 'status ' .. status.id, kind = 'status', body = body }
      if status.way ~= 'help' then
        news[#news + 1] = ARGV[6]
        news[#news + 1] = status.id .. ' ' .. status.author
      end
    end
  end
end

local board = {}
for author, row in pairs(changed) do
  board[#board + 1] = author
  board[#board + 1] = row
end
if #board > 0 then redis.call('HSET', BOARD, unpack(board)) end
if #events > 0 then emit_all(INFO, FEED, ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], events) end
if #news > 0 then
  local added = redis.call('ZADD', NEWS, 'NX', unpack(news))
  if redis.call('ZCARD', NEWS) == added then redis.call('EXPIRE', NEWS, 86400) end
end
local window, due, opened = find_window(#news > 0)
return { window, due, opened, outcomes }
