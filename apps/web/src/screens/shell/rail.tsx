import { Castle, Clock, Folder, Play, ScrollText, SlidersHorizontal } from 'lucide-react';
import { showDialog, showScreen, useStore } from '../../state/store.ts';

/** The places of the workbench, at the far left. */
export function Rail() {
  const screen = useStore((state) => state.screen);
  const places = [
    { name: 'Packs', Picture: Folder, isOn: screen === 'collections', go: () => showScreen('collections') },
    { name: 'Envs', Picture: SlidersHorizontal, isOn: false, go: () => showDialog('environments') },
    { name: 'Runs', Picture: Play, isOn: screen === 'runs', go: () => showScreen('runs') },
    { name: 'Org', Picture: Castle, isOn: screen === 'org', go: () => showScreen('org') },
    { name: 'Log', Picture: ScrollText, isOn: screen === 'log', go: () => showScreen('log') },
    { name: 'History', Picture: Clock, isOn: screen === 'history', go: () => showScreen('history') },
  ];
  return (
    <nav
      aria-label="Places"
      className="flex w-14 shrink-0 flex-col items-center gap-0.5 border-r border-line py-2"
    >
      {places.map(({ name, Picture, isOn, go }) => (
        <button
          key={name}
          type="button"
          aria-current={isOn ? 'page' : undefined}
          className={`flex w-12 flex-col items-center gap-0.5 rounded-md pt-1.75 pb-1.25 text-[10px] font-medium ${isOn ? 'bg-accent-soft text-accent' : 'text-ink-3 hover:bg-hover'}`}
          onClick={go}
        >
          <Picture size={17} aria-hidden />
          {name}
        </button>
      ))}
    </nav>
  );
}
