import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

interface SearchFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string | undefined
  readonly onSearch: (q: string | undefined) => void
}

const PAUSE_MS = 200

/** Searches while one types, after a short pause; `/` jumps to it from anywhere on the page. */
export function SearchField({ label, placeholder, value, onSearch }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value ?? '')
  const sent = useRef(value ?? '')
  const search = useDebouncedCallback((text: string) => {
    sent.current = text.trim()
    onSearch(sent.current || undefined)
  }, PAUSE_MS)
  // The address changed by itself, with Back or a link: follow it, but never overwrite what is being typed.
  useEffect(() => {
    if ((value ?? '') === sent.current) return
    sent.current = value ?? ''
    setTyped(value ?? '')
  }, [value])
  useHotkeys([['/', () => field.current?.focus()]])

  const change = (text: string) => {
    setTyped(text)
    search(text)
  }
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed !== '' && <CloseButton size="sm" aria-label="Clear search" onClick={() => change('')} />
      }
      miw={220}
    />
  )
}
