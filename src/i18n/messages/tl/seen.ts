export const seen = {
  'seen.reached': 'umabot sa telepono ng {count} tao',
  'seen.seen': 'nakita ng {count} tao',
  'seen.unconfirmed': 'Wala pang teleponong nagkumpirma nito. Tumawag sa {number}.',
  'seen.by': 'Nakita ni: {names}',
  'seen.settings.title': 'Sino ang nakakita',
  'seen.settings.all': 'Ipakita kung sino ang nakakita',
  'seen.settings.explain':
    'Makikita mo kung sino ang nakakita ng mensahe mo, at makikita rin nila kung nakita mo ang sa kanila. Kapag pinatay mo ito, walang makakaalam ng nakita mo, at hindi mo rin malalaman kung sino ang nakakita.',
  'seen.settings.circles': 'Sa aling mga grupo',
} as const;
