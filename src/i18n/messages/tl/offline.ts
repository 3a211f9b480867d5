export const offline = {
  'offline.title': 'Hindi maabot ang Buji',
  'offline.text':
    'Maaaring walang koneksiyon ang teleponong ito, o hindi sumasagot ang Buji. Hindi naka-save ang pahinang ito sa teleponong ito. Subukan muli maya-maya.',
  'offline.copy': 'Walang koneksiyon. Ganito ang lagay noong {time}.',
  'offline.busy': 'Hindi sumasagot ang Buji sa ngayon. Ganito ang lagay noong {time}.',
  'offline.asking': 'Ganito ang lagay noong {time}. Hinahanap ang pinakabago…',
  'offline.fresh': 'Ito ang pinakabago.',
  'offline.newer': 'May nagbago: ipakita',
} as const;
