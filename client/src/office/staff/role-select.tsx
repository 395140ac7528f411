import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { roleWords } from './permission-words.ts'

interface RoleSelectProps extends NativeSelectProps {
  readonly roles: readonly RoleDetail[]
}

/** The role somebody has, with what it may do. */
export function RoleSelect({ roles, value, ...props }: RoleSelectProps) {
  const chosen = roles.find(({ roleId }) => roleId === value)
  return (
    <NativeSelect
      label="Role"
      value={value}
      {...(chosen && { description: `${roleWords(chosen.role.permissions)}.` })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[
        // Whoever has a role that is gone is in none of those that are left.
        ...(chosen === undefined ? [{ value: '', label: 'Choose a role' }] : []),
        ...roles.map(({ roleId, role }) => ({ value: roleId, label: role.name })),
      ]}
      {...props}
    />
  )
}
