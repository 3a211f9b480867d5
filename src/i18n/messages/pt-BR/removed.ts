export const removed = {
  'removed.open': 'Ainda há convites válidos para este grupo. Quem tiver o link pode voltar com outro nome.',
  'removed.end': 'Encerrar todos os convites válidos',
} as const;
