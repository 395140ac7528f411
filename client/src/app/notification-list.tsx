import { Notifications } from '@mantine/notifications'

/** Where notifications appear. What was told before it came is kept for it. */
export function NotificationList() {
  return <Notifications position="top-center" limit={3} autoClose={5000} />
}
