import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type Own<Props> = Props & Omit<ComponentPropsWithRef<'a'>, keyof Props>

const AnchorElement = (props: Own<AnchorProps>) => <Anchor {...props} />
const ButtonElement = (props: Own<ButtonProps>) => <Button component="a" {...props} />

/** A link in words to another page, whose place, parameters and search are checked. */
export const TextLink = createLink(AnchorElement)
/** A link that looks like a button, because it is the next thing to do. */
export const ButtonLink = createLink(ButtonElement)
