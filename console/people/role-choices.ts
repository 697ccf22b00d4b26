import { useTranslation } from 'react-i18next'
import { roles } from '../../contract/permissions.ts'

export function useRoleChoices() {
  const { t } = useTranslation()
  return roles.map((value) => ({ value, label: t(`people.role.${value}`) }))
}
