export const offline = {
  'offline.asking': 'Ganito ang lagay noong {time}. Hinahanap ang pinakabago…',
  'offline.fresh': 'Ito ang pinakabago.',
  'offline.newer': 'May nagbago: ipakita',
  'outbox.waiting.open':
    'Naka-save sa teleponong ito {time}, hindi pa naipapadala. Panatilihing bukas ang Buji, o buksan ito muli: saka ito ipapadala.',
  'outbox.retracting': 'Binawi sa teleponong ito. Mawawala ito sa lahat kapag may koneksiyon na.',
  'outbox.retracted': 'Nabawi na. Wala na ito para sa lahat.',
  'outbox.count': 'Naghihintay na maipadala sa teleponong ito: {count}',
  'outbox.again': 'Naipadala {time}, pero wala na ito sa isang board. Ipinapadala itong muli.',
} as const;
