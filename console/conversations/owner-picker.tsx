import { Button, Combobox, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { useMe } from '../shell/session.ts'
import { useSpokenKeys } from '../shell/shortcut.tsx'
import { useChange } from './changes.ts'
import css from './conversation.module.css'
import { type Candidate, useCandidates } from './use-candidates.ts'

type Props = { conversation: ConversationView; disabled: boolean; opened: boolean; onChange: (opened: boolean) => void }

/** Who has it: a person, and the team it stands with. */
export function OwnerPicker({ conversation, disabled, opened, onChange }: Props) {
  const { t } = useTranslation()
  const me = useMe().person
  const spoken = useSpokenKeys()
  const { owner, team } = conversation
  const [wanted, setWanted] = useState('')
  const combobox = useCombobox({ opened, onOpenedChange: onChange, onDropdownClose: () => setWanted('') })
  const choose = useChoices(conversation.id)
  const { people, teams, others } = useCandidates(opened, wanted)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the search takes the focus once, when it opens
  useEffect(() => {
    if (opened) combobox.focusSearchInput()
  }, [opened])
  const name = owner ? (owner.id === me?.id ? t('say.you') : owner.name) : (team?.name ?? t('conversation.unassigned'))
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      width={270}
      position="bottom-end"
      onOptionSubmit={(value) => {
        combobox.closeDropdown()
        choose(value, [...people, ...teams])
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          className={css.plain!}
          variant="subtle"
          color="ink"
          disabled={disabled}
          aria-label={owner ? t('conversation.owner', { name }) : t('conversation.noOwner')}
          aria-haspopup="listbox"
          aria-expanded={opened}
          aria-keyshortcuts={spoken('a')}
          onClick={() => combobox.toggleDropdown()}
          leftSection={
            <PersonAvatar
              name={owner?.name ?? team?.name ?? ''}
              side={owner ? (owner.organisation ? 'partner' : 'colleague') : 'nobody'}
              size="sm"
            />
          }
        >
          <span className={css.ownerName}>{name}</span>
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown className={css.dropdown!}>
        <Combobox.Search
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          placeholder={t('assign.find')}
          aria-label={t('assign.find')}
        />
        <Choices people={people} teams={teams} here={{ owner: owner?.id ?? null, team: team?.id ?? null }} />
        {others && <Combobox.Footer className={css.hint!}>{t('assign.others')}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  )
}

type Here = { owner: string | null; team: string | null }

function Choices({ people, teams, here }: { people: readonly Candidate[]; teams: readonly Candidate[]; here: Here }) {
  const { t } = useTranslation()
  return (
    <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={t('assign.label')}>
      {people.length > 0 && (
        <Combobox.Group label={t('assign.people')}>
          {people.map((it) => (
            <Combobox.Option key={it.key} value={it.key} active={it.id === here.owner}>
              <span className={css.candidate}>
                <PersonAvatar name={it.id ? it.name : ''} side={it.id ? (it.organisation ? 'partner' : 'colleague') : 'nobody'} size="sm" />
                {it.label}
                {it.organisation && <span className={css.when}>{it.organisation}</span>}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {teams.length > 0 && (
        <Combobox.Group label={t('assign.teams')}>
          {teams.map((it) => (
            <Combobox.Option key={it.key} value={it.key} active={it.id === here.team}>
              {it.label}
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {people.length + teams.length === 0 && <Combobox.Empty>{t('assign.nothing')}</Combobox.Empty>}
    </Combobox.Options>
  )
}

function useChoices(conversationId: string) {
  const change = useChange(conversationId)
  return (key: string, candidates: readonly Candidate[]) => {
    const chosen = candidates.find((it) => it.key === key)
    if (!chosen) return
    const { kind, id, name, organisation } = chosen
    if (kind === 'team') return void change({ team: id }, { team: id ? { id, name } : null })
    return void change({ owner: id }, { owner: id ? { id, name, organisation } : null })
  }
}
