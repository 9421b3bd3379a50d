"""The dataflows of FlowWork.java for Bytewax, on the same events.

    flows.py WORK EVENTS PROCESSES DIRECTORY
    flows.py FILE BYTES PROCESSES DIRECTORY
    flows.py rows:FILE BYTES PROCESSES DIRECTORY

Runs PROCESSES processes of one worker each, as threads of Python take turns, and prints one line
"measured units=N seconds=S cpu=C": from the first event read in any process to the last row out of any. What came out
is added up and must be right. With a file, it is the work of BillionBenchmark.java, and the units are rows; after
"rows:" each row is an item.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
WINDOW = timedelta(seconds=10)
GAP = timedelta(seconds=5)
OUT_OF_ORDER = timedelta(seconds=1)
EPOCH = timedelta(seconds=1)
STRIDE = 514_229
EVENTS_PER_BLOCK = 2_000_000
KEYS_PER_BLOCK = 100_000
JOIN_BLOCK = 65_536
KEYS = {"stateless": 1, "windows-1": 1, "windows-1000": 1_000}
BATCH = 1_000
BLOCK = 1 << 20


class Watch:
    """What this process has seen."""

    first = None
    last = None
    processor = None
    count = 0
    sum = 0

    @classmethod
    def begin(cls):
        if cls.first is None:
            cls.first = time.time()
            cls.processor = time.process_time()


def event_key(work, i, keys):
    if work == "sessions":
        return keys[(i // EVENTS_PER_BLOCK * KEYS_PER_BLOCK + i * STRIDE % KEYS_PER_BLOCK) % len(keys)]
    return keys[i * STRIDE % len(keys)]


def reader(make, events, size=BATCH):
    """A source in which worker p of n gives the events p, p + n and so on."""
    from bytewax.inputs import DynamicSource, StatelessSourcePartition

    class Part(StatelessSourcePartition):
        def __init__(self, first, step):
            self.next = first
            self.step = step

        def next_batch(self):
            Watch.begin()
            if self.next >= events:
                raise StopIteration()
            end = min(events, self.next + size * self.step)
            batch = [make(i) for i in range(self.next, end, self.step)]
            self.next += size * self.step
            return batch

    class Reader(DynamicSource):
        def build(self, step_id, worker_index, worker_count):
            return Part(worker_index, worker_count)

    return Reader()


def writer():
    """A sink that adds up numbers."""
    from bytewax.outputs import DynamicSink, StatelessSinkPartition

    class Part(StatelessSinkPartition):
        def write_batch(self, items):
            Watch.count += len(items)
            Watch.sum += sum(items)
            Watch.last = time.time()

    class Writer(DynamicSink):
        def build(self, step_id, worker_index, worker_count):
            return Part()

    return Writer()


def events_of(work, events):
    keys = ["k" + str(n) for n in range(KEYS.get(work, 1_000_000))]

    def make(i):
        at = START + timedelta(microseconds=i * 5 - i * 31 % 1_000)
        return (event_key(work, i, keys), (at, i % 1_000))

    return reader(make, events)


def lines_of(path, block, size):
    """The lines that begin in a block."""
    with open(path, "rb") as file:
        start = block * BLOCK
        if start > 0:
            file.seek(start - 1)
            file.readline()
        end = min(size, start + BLOCK)
        # It reads lines until they are longer than it is told, and reads all of them if that is nothing.
        return file.readlines(max(1, end - file.tell() - 1)) if file.tell() < end else []


def rows(path, block, size):
    """Least, sum, greatest and number of each line of a block by itself, with its station."""
    found = []
    for line in lines_of(path, block, size):
        station, _, text = line.partition(b";")
        value = float(text)
        found.append((station.decode(), (value, value, value, 1)))
    return found


def summaries(path, block, size):
    """Least, sum, greatest and number by station, of the lines of a block."""
    found = {}
    for line in lines_of(path, block, size):
        station, _, text = line.partition(b";")
        value = float(text)
        known = found.get(station)
        if known is None:
            found[station] = [value, value, value, 1]
        else:
            if value < known[0]:
                known[0] = value
            if value > known[2]:
                known[2] = value
            known[1] += value
            known[3] += 1
    return [(station.decode(), tuple(known)) for station, known in found.items()]


def both(one, other):
    return (min(one[0], other[0]), one[1] + other[1], max(one[2], other[2]), one[3] + other[3])


def dataflow(work, events):
    import bytewax.operators as op
    import bytewax.operators.windowing as win
    from bytewax.dataflow import Dataflow

    flow = Dataflow(Path(work).stem)
    if "/" in work:
        blocks = op.input("in", flow, reader(lambda block: block, -(-events // BLOCK), 1))
        by_row = work.startswith("rows:")
        parts_of = rows if by_row else summaries
        path = work[len("rows:") :] if by_row else work
        parts = op.flat_map("parts", blocks, lambda block: parts_of(path, block, events))
        out = op.map("out", op.reduce_final("sum", parts, both), lambda pair: pair[1][3])
    elif work == "joins":
        left = op.input("left", flow, reader(lambda i: ("k" + str(i), i), events))
        right = op.input("right", flow, reader(lambda i: ("k" + str(i ^ (JOIN_BLOCK - 1)), i), events))
        pairs = op.join("join", left, right)
        out = op.map("out", pairs, lambda pair: pair[1][0] + pair[1][1])
    else:
        stream = op.input("in", flow, events_of(work, events))
        if work == "stateless":
            doubled = op.map("double", stream, lambda event: (event[0], (event[1][0], event[1][1] * 2)))
            parts = op.flat_map("parts", doubled, lambda event: (event[1][1], event[1][1] + 1))
            wanted = op.filter("wanted", parts, lambda part: part % 3 != 0)
            out = op.map("shift", wanted, lambda part: part + 7)
        elif work == "stateful":

            def add(total, event):
                total = (total or 0) + event[1]
                return total, total

            out = op.map("out", op.stateful_map("sum", stream, add), lambda pair: pair[1])
        else:
            clock = win.EventClock(lambda event: event[0], wait_for_system_duration=OUT_OF_ORDER)
            windower = (
                win.SessionWindower(gap=GAP) if work == "sessions" else win.TumblingWindower(length=WINDOW, align_to=START)
            )
            sums = win.fold_window(
                "sum",
                stream,
                clock,
                windower,
                lambda: 0,
                lambda total, event: total + event[1],
                lambda one, other: one + other,
                ordered=False,
            )
            # Its watermark is that of the key in one worker, whatever the other has read: what comes too late is counted
            # with the rest.
            down = op.map("down", sums.down, lambda pair: pair[1][1])
            late = op.map("late", sums.late, lambda pair: pair[1][1][1])
            out = op.merge("out", down, late)
    op.output("end", out, writer())
    return flow


def expected(work, events):
    """What FlowTotals.java expects."""
    if "/" in work:
        return events
    if work == "joins":
        return events * (events - 1)
    if work == "stateless":
        parts = [part for i in range(1_000) for part in (2 * i, 2 * i + 1)]
        whole = sum(part + 7 for part in parts if part % 3 != 0)
        rest = sum(part + 7 for part in parts[: 2 * (events % 1_000)] if part % 3 != 0)
        return events // 1_000 * whole + rest
    if work == "stateful":
        return events
    rest = events % 1_000
    return events // 1_000 * 499_500 + rest * (rest - 1) // 2


def work_in_process(work, events, process, addresses, directory):
    from bytewax._bytewax import cluster_main
    from bytewax.recovery import RecoveryConfig

    recovery = RecoveryConfig(str(directory / "recovery")) if work == "stateful" else None
    cluster_main(
        dataflow(work, events), addresses, process, epoch_interval=EPOCH, recovery_config=recovery, worker_count_per_proc=1
    )
    used = time.process_time() - Watch.processor
    seen = {"first": Watch.first, "last": Watch.last, "cpu": used, "count": Watch.count, "sum": Watch.sum}
    (directory / f"{process}.json").write_text(json.dumps(seen))


def free_addresses(count):
    if count == 1:
        return []
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    addresses = ["127.0.0.1:" + str(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return addresses


def main():
    work, events, processes, directory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    if len(sys.argv) > 5:
        work_in_process(work, events, int(sys.argv[5]), sys.argv[6:], directory)
        return
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    if work == "stateful":
        from bytewax.recovery import init_db_dir

        (directory / "recovery").mkdir()
        init_db_dir(directory / "recovery", processes)
    addresses = free_addresses(processes)
    children = [
        subprocess.Popen([sys.executable, __file__, *sys.argv[1:5], str(process), *addresses], env=os.environ)
        for process in range(processes)
    ]
    if any(child.wait() != 0 for child in children):
        sys.exit(1)
    seen = [json.loads((directory / f"{process}.json").read_text()) for process in range(processes)]
    seconds = max(one["last"] or 0 for one in seen) - min(one["first"] for one in seen)
    found = sum(one["count" if work == "stateful" else "sum"] for one in seen)
    if "/" in work:
        events = int(Path(work).stem)  # the file is named after its rows
    if found != expected(work, events):
        sys.exit(f"Cannot count the run of '{work}': {found} came out and not {expected(work, events)}")
    units = 2 * events if work == "joins" else events
    print(f"measured units={units} seconds={seconds:.6f} cpu={sum(one['cpu'] for one in seen):.6f}")


main()
