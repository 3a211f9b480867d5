export const removed = {
  'removed.open': 'May mga bukas pang imbitasyon sa grupong ito. Makakabalik sa ibang pangalan ang sinumang may link.',
  'removed.end': 'Tapusin ang lahat ng bukas na imbitasyon',
} as const;
