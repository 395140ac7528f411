import { Link } from '@tanstack/react-router'
import subjects from '../settings/settings.module.css'

/** People, what they may do, and who opens head office: three lists of one place. */
export const StaffNav = () => (
  <nav className={subjects.subjects} aria-label="Staff">
    <Link to="/staff" className={subjects.subject} activeOptions={{ exact: true, includeSearch: false }}>
      People
    </Link>
    <Link to="/staff/roles" className={subjects.subject} activeOptions={{ includeSearch: false }}>
      Roles
    </Link>
    <Link to="/staff/sign-ins" className={subjects.subject} activeOptions={{ includeSearch: false }}>
      Sign-ins
    </Link>
  </nav>
)
