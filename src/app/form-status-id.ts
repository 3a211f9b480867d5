import { CONDITIONS, type Condition } from '../contract/statuses.ts';

/**
 * The id of the status that one button of a form posts, from the form's hidden id.
 *
 * A form without script has one id, made when the page was written, so that a second press of the same button changes
 * nothing. But somebody who goes back to that page and presses *another* button means something new, and "the first body
 * stands" would swallow their call for help: so each button has an id of its own, the last digit of the form's.
 */
export function formStatusId(formId: string, condition: Condition): string {
  return formId.slice(0, -1) + CONDITIONS.indexOf(condition);
}
