"use strict";
(() => {
  const film = document.getElementById("film");
  const told = JSON.parse(document.getElementById("film-data").textContent);
  const find = (name) => film.querySelector(name);
  const play = find(".film-play"), slider = find("input"), speed = find("select"), today = find(".film-day");
  const follow = find(".film-follow"), unfollow = find(".film-unfollow"), who = find(".film-who");
  const status = find(".film-told");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const ABSENT = 255;
  const GLIDE_SECONDS = 0.14;
  const SETTLED_PX = 0.4;
  const LEAST_PITCH_PX = 3;
  const PICK_PX = 14;
  const WEEK = 7;
  const FROM_RIGHT = 0, FROM_LEFT = 1, FROM_BELOW = 2;
  const FILLS = { wait: FROM_RIGHT, work: FROM_LEFT, still: FROM_LEFT, jar: FROM_BELOW };

  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const shorts = (text) => new Uint16Array(bytes(text).buffer);
  const longs = (text) => new Uint32Array(bytes(text).buffer);
  const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const written = (number) => number.toLocaleString("en-GB");

  const levels = bytes(told.level), groups = bytes(told.group), numbers = longs(told.number);
  const people = levels.length;

  /* A pathway: where its moves begin for each citizen, and who stands in which lane of which pool, in order. */
  function read(data, panel) {
    const moves = shorts(data.moves), start = new Int32Array(people + 1);
    for (let c = 0; c < people; c++) start[c + 1] = start[c] + moves[c];
    const pools = data.said.length;
    return {
      panel, start, day: shorts(data.day), pool: bytes(data.pool), helped: longs(data.helped),
      name: data.name, said: data.said, at: new Int32Array(people), where: new Uint8Array(people),
      next: new Int32Array(people), previous: new Int32Array(people),
      lane: new Int32Array(people), lanes: new Int32Array(pools + 1), count: new Int32Array(pools),
      first: null, last: null, size: null,
      shown: new Int32Array(pools).fill(-1), boxes: new Float32Array(4 * pools), fills: new Uint8Array(pools),
      step: new Float32Array(pools), peak: peaks(data, start, pools),
      x: new Float32Array(people), y: new Float32Array(people),
      tally: new Int32Array(told.days + 2), order: new Int32Array(people),
      canvas: panel.querySelector("canvas"), context: panel.querySelector("canvas").getContext("2d"),
      helpedText: panel.querySelector("[data-helped]"), whereText: panel.querySelector(".journey-where"),
      counts: Array.from({ length: pools }, (_, p) => panel.querySelector(`[data-count="${p}"]`)),
      image: null, pixels: null, isSeen: true,
    };
  }

  /* The most that ever stand in each pool: what its bay must hold. */
  function peaks(data, start, pools) {
    const day = shorts(data.day), pool = bytes(data.pool), change = new Int32Array((told.days + 2) * pools);
    for (let c = 0; c < people; c++) {
      for (let m = start[c]; m < start[c + 1]; m++) {
        change[day[m] * pools + pool[m]]++;
        if (m > start[c]) change[day[m] * pools + pool[m - 1]]--;
      }
    }
    const now = new Int32Array(pools), peak = new Int32Array(pools);
    for (let i = 0; i < (told.days + 1) * pools; i++) {
      now[i % pools] += change[i];
      peak[i % pools] = Math.max(peak[i % pools], now[i % pools]);
    }
    return peak;
  }

  function leave(it, c) {
    const lane = it.lane[c], before = it.previous[c], after = it.next[c];
    if (before < 0) it.first[lane] = after; else it.next[before] = after;
    if (after < 0) it.last[lane] = before; else it.previous[after] = before;
    it.size[lane]--;
    it.count[it.where[c]]--;
  }

  /* At the end of the shortest lane: those behind someone who leaves move up in it, and nobody else moves. */
  function enter(it, c, p) {
    let lane = it.lanes[p];
    for (let other = lane + 1; other < it.lanes[p + 1]; other++) if (it.size[other] < it.size[lane]) lane = other;
    const before = it.last[lane];
    it.where[c] = p;
    it.lane[c] = lane;
    it.previous[c] = before;
    it.next[c] = -1;
    if (before < 0) it.first[lane] = c; else it.next[before] = c;
    it.last[lane] = c;
    it.size[lane]++;
    it.count[p]++;
  }

  /* One day on: everyone whose next move is due makes it. */
  function advance(it, day) {
    for (let c = 0; c < people; c++) {
      while (it.at[c] + 1 < it.start[c + 1] && it.day[it.at[c] + 1] <= day) {
        if (it.where[c] === ABSENT) appear(it, c); else leave(it, c);
        it.at[c]++;
        enter(it, c, it.pool[it.at[c]]);
      }
    }
  }

  function appear(it, c) {
    const bay = 4 * it.pool[it.start[c]];
    it.x[c] = it.boxes[bay];
    it.y[c] = it.boxes[bay + 1];
  }

  /* The last move of a citizen by a day, by halving; one before the first where there is none. */
  function lastMove(it, c, day) {
    let low = it.start[c] - 1, high = it.start[c + 1] - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (it.day[middle] <= day) low = middle; else high = middle - 1;
    }
    return low;
  }

  /* Any day at once: everyone is put where they are then, in the order in which they came there. */
  function jump(it, day) {
    it.first.fill(-1);
    it.last.fill(-1);
    it.size.fill(0);
    it.count.fill(0);
    it.tally.fill(0);
    for (let c = 0; c < people; c++) {
      const move = lastMove(it, c, day);
      if (move >= it.start[c]) {
        if (it.where[c] === ABSENT) appear(it, c);
        it.tally[it.day[move] + 1]++;
      } else {
        it.where[c] = ABSENT;
      }
      it.at[c] = move;
    }
    for (let d = 0; d <= told.days; d++) it.tally[d + 1] += it.tally[d];
    for (let c = 0; c < people; c++) if (it.at[c] >= it.start[c]) it.order[it.tally[it.day[it.at[c]]]++] = c;
    const here = it.tally[told.days];
    for (let i = 0; i < here; i++) enter(it, it.order[i], it.pool[it.at[it.order[i]]]);
  }

  /* Where the bays are on the canvas, and how close dots must stand for each to hold all it ever holds. */
  let scale = 1, pitch = 4, sprites = [], reach = 0;

  function layOut() {
    scale = Math.min(window.devicePixelRatio || 1, 2);
    for (const it of journeys) measure(it);
    pitch = Math.round(told.pitch * scale);
    while (pitch > LEAST_PITCH_PX * scale && !journeys.every(holds)) pitch--;
    for (const it of journeys) {
      space(it);
      jump(it, day);
    }
    drawSprites();
  }

  function measure(it) {
    const outer = it.canvas.getBoundingClientRect();
    const width = Math.max(1, Math.round(outer.width * scale)), height = Math.max(1, Math.round(outer.height * scale));
    if (it.image === null || it.image.width !== width || it.image.height !== height) {
      it.canvas.width = width;
      it.canvas.height = height;
      it.image = it.context.createImageData(width, height);
      it.pixels = new Uint32Array(it.image.data.buffer);
    }
    for (const bay of it.panel.querySelectorAll("[data-pool]")) {
      const p = Number(bay.dataset.pool), box = bay.getBoundingClientRect(), inside = 2;
      it.fills[p] = FILLS[bay.dataset.kind];
      it.boxes[4 * p] = (box.left - outer.left + inside) * scale;
      it.boxes[4 * p + 1] = (box.top - outer.top + inside) * scale;
      it.boxes[4 * p + 2] = (box.width - 2 * inside) * scale;
      it.boxes[4 * p + 3] = (box.height - 2 * inside) * scale;
    }
  }

  function holds(it) {
    for (let p = 0; p < it.peak.length; p++) {
      const across = Math.floor(it.boxes[4 * p + 2] / pitch), down = Math.floor(it.boxes[4 * p + 3] / pitch);
      if (it.boxes[4 * p + 2] && across * down < it.peak[p]) return false;
    }
    return true;
  }

  /* How many lanes each pool has, and how far apart those in a lane stand. */
  function space(it) {
    for (let p = 0; p < it.peak.length; p++) {
      const below = it.fills[p] === FROM_BELOW;
      const across = it.boxes[4 * p + (below ? 2 : 3)], along = it.boxes[4 * p + (below ? 3 : 2)];
      const lanes = Math.max(1, Math.floor(across / pitch));
      it.lanes[p + 1] = it.lanes[p] + lanes;
      it.step[p] = Math.min(pitch, along / (1 + Math.ceil(it.peak[p] / lanes)));
    }
    const all = it.lanes[it.peak.length];
    [it.first, it.last, it.size] = [new Int32Array(all), new Int32Array(all), new Int32Array(all)];
  }

  /* A dot of each level, as pixels to be copied. */
  function drawSprites() {
    const size = Math.max(2, pitch - Math.round(pitch / 5)), small = document.createElement("canvas");
    small.width = small.height = size;
    const context = small.getContext("2d", { willReadFrequently: true });
    reach = size;
    sprites = told.levels.map((level) => {
      context.clearRect(0, 0, size, size);
      context.fillStyle = getComputedStyle(film).getPropertyValue(`--dot-${level}`);
      context.beginPath();
      context.arc(size / 2, size / 2, size / 2 + 0.1, 0, 2 * Math.PI);
      context.fill();
      return new Uint32Array(context.getImageData(0, 0, size, size).data.buffer);
    });
  }

  /* One pass: everyone moves towards their place in line, and is drawn. Says how far anyone still is from it. */
  function draw(it, share) {
    let far = 0;
    it.pixels.fill(0);
    for (let p = 0; p < it.count.length; p++) far = Math.max(far, drawPool(it, p, share));
    it.context.putImageData(it.image, 0, 0);
    if (followed >= 0 && it.where[followed] !== ABSENT) ring(it, followed);
    return far;
  }

  function drawPool(it, p, share) {
    const left = it.boxes[4 * p], top = it.boxes[4 * p + 1];
    const right = left + it.boxes[4 * p + 2], bottom = top + it.boxes[4 * p + 3];
    const step = it.step[p], fills = it.fills[p];
    let far = 0;
    for (let lane = it.lanes[p]; lane < it.lanes[p + 1]; lane++) {
      const place = lane - it.lanes[p] + 0.5;
      let along = step / 2;
      for (let c = it.first[lane]; c >= 0; c = it.next[c], along += step) {
        const x = fills === FROM_RIGHT ? right - along : left + (fills === FROM_LEFT ? along : place * pitch);
        const y = fills === FROM_BELOW ? bottom - along : top + place * pitch;
        const dx = x - it.x[c], dy = y - it.y[c];
        it.x[c] += dx * share;
        it.y[c] += dy * share;
        far = Math.max(far, Math.abs(dx), Math.abs(dy));
        stamp(it, it.x[c], it.y[c], sprites[levels[c]]);
      }
    }
    return far * (1 - share);
  }

  function stamp(it, x, y, sprite) {
    const width = it.image.width, pixels = it.pixels, size = reach;
    let from = 0, to = Math.round(y - size / 2) * width + Math.round(x - size / 2);
    for (let row = 0; row < size; row++, to += width - size) {
      for (let column = 0; column < size; column++, from++, to++) {
        if (sprite[from] >>> 24 > pixels[to] >>> 24) pixels[to] = sprite[from];
      }
    }
  }

  function ring(it, c) {
    const context = it.context;
    context.beginPath();
    context.arc(it.x[c], it.y[c], 6 * scale, 0, 2 * Math.PI);
    context.fillStyle = "#ffd500";
    context.fill();
    context.lineWidth = 2.5 * scale;
    context.strokeStyle = "#1c2026";
    context.stroke();
  }

  /* The clock. */
  let time = told.day, day = told.day, playing = false, asked = 0, before = 0, followed = -1;

  function go(to) {
    if (to > day && to - day <= WEEK * 2) {
      while (day < to) {
        day++;
        for (const it of journeys) advance(it, day);
      }
    } else if (to !== day) {
      day = to;
      for (const it of journeys) jump(it, day);
    }
  }

  function frame(now) {
    const seconds = Math.min(Math.max(now - before, 0) / 1000, 0.1);
    before = now;
    asked = 0;
    if (playing) time = Math.min(told.days, time + seconds * Number(speed.value));
    const to = playing && calm.matches && time < told.days ? time - (time % WEEK) : time;
    go(Math.floor(to));
    const share = calm.matches ? 1 : 1 - Math.exp(-seconds / GLIDE_SECONDS);
    let far = 0;
    for (const it of journeys) if (it.isSeen) far = Math.max(far, draw(it, share));
    write();
    if (playing && time >= told.days) stop();
    if (playing || far > SETTLED_PX) ask();
  }

  function ask() {
    if (!asked) asked = requestAnimationFrame(frame);
  }

  function wake() {
    if (!asked) before = performance.now();
    ask();
  }

  let dayWritten = -1;

  function write() {
    for (const it of journeys) {
      for (let p = 0; p < it.count.length; p++) {
        if (it.count[p] === it.shown[p]) continue;
        it.shown[p] = it.count[p];
        if (it.counts[p]) it.counts[p].textContent = written(it.count[p]);
      }
    }
    if (day === dayWritten) return;
    dayWritten = day;
    today.textContent = day;
    slider.value = day;
    slider.setAttribute("aria-valuetext", filled(told.words.dayOf, { day, days: told.days }));
    for (const it of journeys) if (it.helpedText) it.helpedText.textContent = written(it.helped[day]);
    if (followed >= 0) writeWhere();
  }

  function writeWhere() {
    for (const it of journeys) {
      const p = it.where[followed];
      it.whereText.textContent = p === ABSENT ? told.words.notYet : it.said[p];
    }
  }

  /* What a reader who cannot see the picture is told, when it comes to rest. */
  function tell() {
    const all = journeys.map((it) => {
      const here = [...it.count.keys()].filter((p) => it.count[p] > 0);
      const parts = here.map((p) => `${written(it.count[p])} ${it.said[p]}`).join(told.words.between);
      const text = filled(told.words.told, { pathway: it.name, day, parts });
      it.canvas.setAttribute("aria-label", text);
      return text;
    });
    status.textContent = all.join(" ");
  }

  function start() {
    if (time >= told.days) time = 0;
    playing = true;
    play.textContent = told.words.pause;
    wake();
  }

  function stop() {
    playing = false;
    play.textContent = told.words.play;
    tell();
  }

  function choose(c) {
    followed = c;
    who.hidden = c < 0;
    for (const it of journeys) it.whereText.hidden = c < 0;
    if (c >= 0) {
      const values = {
        number: written(numbers[c]), group: told.groups[groups[c]], level: told.levels[levels[c]],
        day: journeys[0].day[journeys[0].start[c]],
      };
      who.firstElementChild.textContent = filled(told.words.who, values);
      writeWhere();
    }
    layOut();
    wake();
  }

  /* Someone whose need has arisen and is not over: there is something to follow. */
  function someone() {
    const it = journeys[0];
    const from = followed < 0 ? Math.floor(people * day / told.days / 2) : followed;
    for (let i = 1; i <= people; i++) {
      const c = (from + 61 * i) % people;
      if (it.where[c] !== ABSENT && it.start[c + 1] - it.start[c] > 4) return c;
    }
    return from;
  }

  function pick(it, event) {
    const outer = it.canvas.getBoundingClientRect();
    const x = (event.clientX - outer.left) * scale, y = (event.clientY - outer.top) * scale;
    let best = -1, near = PICK_PX * scale;
    for (let c = 0; c < people; c++) {
      const far = Math.hypot(it.x[c] - x, it.y[c] - y);
      if (it.where[c] !== ABSENT && far < near) [best, near] = [c, far];
    }
    if (best >= 0) choose(best);
  }

  function settle() {
    layOut();
    for (const it of journeys) draw(it, 1);
  }

  const journeys = [...film.querySelectorAll(".journey")].map((panel, place) => read(told.journeys[place], panel));
  for (const it of journeys) {
    it.where.fill(ABSENT);
    it.panel.addEventListener("click", (event) => pick(it, event));
  }
  find(".film-controls").hidden = false;
  play.addEventListener("click", () => (playing ? stop() : start()));
  slider.addEventListener("input", () => {
    time = Number(slider.value);
    wake();
  });
  slider.addEventListener("change", () => {
    go(time);
    if (!playing) tell();
  });
  follow.addEventListener("click", () => choose(someone()));
  unfollow.addEventListener("click", () => {
    choose(-1);
    follow.focus();
  });
  settle();
  write();
  new ResizeObserver(() => {
    layOut();
    if (!playing) settle();
  }).observe(film);
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) journeys.find((it) => it.panel === entry.target).isSeen = entry.isIntersecting;
    wake();
  });
  for (const it of journeys) seen.observe(it.panel);
  window.addEventListener("beforeprint", () => {
    film.classList.add("on-paper");
    settle();
  });
  window.addEventListener("afterprint", () => {
    film.classList.remove("on-paper");
    settle();
  });
})();
