export const outside = {
  'outside.join':
    'Nasa loob ka ng {app}. Kung dito ka sasali, hindi ka makikilala ng {browser} at walang darating na abiso. Mas mabuting buksan muna ito sa {browser}.',
  'outside.alerts': 'Walang dumarating na abiso sa loob ng {app}. Buksan ang Buji sa {browser} at doon i-on ang mga abiso.',
  'outside.open': 'Buksan sa {browser}',
  'outside.menu': 'Menu {sign}: piliin ang “Open in default browser” o “Open in external browser”.',
  'outside.code': 'Kung hindi ka pa kilala ng {browser}: gumawa muna ng code dito, kopyahin, at mag-sign in doon gamit ito.',
} as const;
