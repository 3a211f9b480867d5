export const offline = {
  'offline.asking': 'Situação: {time}. Buscando a mais recente…',
  'offline.fresh': 'Isto é o mais recente.',
  'offline.newer': 'Algo mudou: mostrar',
  'outbox.waiting.open':
    'Salvo neste celular {time}, ainda não enviado. Deixe o Buji aberto ou abra-o de novo: então será enviado.',
  'outbox.retracting': 'Desfeito neste celular. Some para todos assim que houver conexão.',
  'outbox.retracted': 'Envio desfeito. Sumiu para todos.',
  'outbox.count': 'À espera de envio neste celular: {count}',
  'outbox.again': 'Enviado {time}, mas um painel não o tem mais. Será enviado de novo.',
} as const;
