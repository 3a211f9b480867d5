/** What helps in an emergency, also without a connection. 171 is the message dial of the Japanese telephone companies. */
export const help = {
  'help.title': 'Emergency',
  'help.link': 'Emergency numbers and help',
  'help.country.show': 'Show its numbers',
  'help.country.unknown': 'Which country are you in? Choose it, and its numbers are shown here.',
  'help.elsewhere': 'In many countries, 112 reaches help from a mobile phone.',
  'help.171.title': '171: leave a voice message for your family',
  'help.171.what':
    'After a big disaster, when calls do not get through, 171 keeps messages. Everybody who knows the phone number can listen.',
  'help.171.dial': 'Dial 171. Then press 1 to leave a message, or 2 to listen.',
  'help.171.number': 'Enter the phone number of the one in the struck area, with the area code.',
  'help.171.speak': 'Follow the voice. A message is at most 30 seconds long.',
  'help.171.try': 'You can try it on the 1st and the 15th of every month.',
  'help.phone': 'A public telephone often works when mobile phones do not.',
  'help.words': 'What the four words mean',
  'help.ok': 'I am safe. Nobody has to come.',
  'help.evacuated': 'I have gone to a safer place, and I am not hurt.',
  'help.hurt': 'I am injured, but my life is not in danger.',
  'help.help': 'I need help now. Your circles are alerted at once. Rescuers are not: call them.',
  'help.silent': '“{silent}” only means that nothing has come. It does not mean that something has happened.',
  'help.offline': 'This page opens without a connection too.',
} as const;
