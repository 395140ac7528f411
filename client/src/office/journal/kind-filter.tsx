import type { EntryKind } from '@evertill/shared/protocol/entry'
import { ENTRY_KINDS } from '@evertill/shared/protocol/office/journal'
import { NativeSelect } from '@mantine/core'
import { ENTRY_KIND_WORDS } from '../words/entry-words.ts'

interface KindFilterProps {
  readonly kind: EntryKind | undefined
  readonly onChange: (kind: EntryKind | undefined) => void
}

export function KindFilter({ kind, onChange }: KindFilterProps) {
  return (
    <NativeSelect
      aria-label="Kind"
      value={kind ?? ''}
      onChange={(event) => onChange(ENTRY_KINDS.find((known) => known === event.currentTarget.value))}
      data={[
        { value: '', label: 'All kinds' },
        ...ENTRY_KINDS.map((known) => ({ value: known, label: ENTRY_KIND_WORDS[known] })),
      ]}
    />
  )
}
