import { useMethodName } from './use-method-name.ts'

/** What was paid with, by name, in the order in which it was paid. */
export function MethodNames({ codes }: { codes: readonly string[] }) {
  const methodName = useMethodName()
  return <>{codes.map(methodName).join(' + ')}</>
}
