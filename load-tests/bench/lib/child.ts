import { type ChildProcess, fork } from 'node:child_process';
import { keep } from '../../processes/children.ts';

type Answer<T> = { answer: T } | { error: string };

/** A process of the generator: it takes one order at a time and answers it. */
export class Child<Order> {
  readonly pid: number;
  readonly #process: ChildProcess;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(script: string) {
    this.#process = fork(script, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    keep(this.#process);
    this.pid = this.#process.pid ?? 0;
  }

  ask<T>(order: Order): Promise<T> {
    const answer = this.#turn.then(() => this.#ask<T>(order));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  #ask<T>(order: Order): Promise<T> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('a process of the generator ended'));
      this.#process.once('exit', onExit);
      this.#process.once('message', (message) => {
        this.#process.off('exit', onExit);
        const answer = message as Answer<T>;
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.answer);
      });
      this.#process.send(order as object);
    });
  }

  stop(): void {
    this.#process.kill('SIGKILL');
  }
}
