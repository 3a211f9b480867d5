/**
 * Says in a form whose page it stands on: another tab may have signed somebody else in since, and what was meant for one must
 * not be done to the other. `requireViewer` refuses it then.
 */
export function OfPerson({ id }: { id: string }) {
  return <input type="hidden" name="person" value={id} />;
}
