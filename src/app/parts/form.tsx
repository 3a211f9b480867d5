import type { ComponentChildren } from 'preact';

export interface FormProps {
  /**
   * Id of whose page it stands on; null for nobody's (who is not signed in may well be by the second press), undefined on a page
   * for whoever has the phone.
   */
  person: string | null | undefined;
  action: string;
  class?: string;
  id?: string;
  children: ComponentChildren;
}

/**
 * A form that posts, and says whose page it stands on: another tab may have signed somebody else in since, and what was meant for
 * one must not be done to the other. Every form is one of these (a structure test); `Site.visit` refuses what is another's.
 */
export function Form({ person, children, ...attributes }: FormProps) {
  return (
    <form method="post" {...attributes}>
      {person && <input type="hidden" name="person" value={person} />}
      {children}
    </form>
  );
}
