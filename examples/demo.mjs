// The main job of writ, told through the real command line: a CFO grants, her research agent delegates, the lookup
// agent asks, a file service decides. Then everything that must be refused is tried, and what is counted runs out.
// With `--keep FOLDER --now TIME`, what is public of it is kept there, as of that time: examples/chain was made so.
import './demo/chain.mjs';
import './demo/refused.mjs';
import './demo/limits.mjs';
import './demo/missions.mjs';
import { end } from './demo/stage.mjs';

end();
