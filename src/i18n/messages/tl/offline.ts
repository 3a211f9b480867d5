export const offline = {
  'offline.asking': 'Ganito ang lagay noong {time}. Hinahanap ang pinakabago…',
  'offline.fresh': 'Ito ang pinakabago.',
  'offline.newer': 'May nagbago: ipakita',
  'outbox.retracting': 'Binawi sa teleponong ito. Mawawala ito sa lahat kapag may koneksiyon na.',
} as const;
