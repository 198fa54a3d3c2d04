"""What spark-submit runs: the command, with the words that stand behind this file's name."""

import sys

from touchstone_cluster.command import main

sys.exit(main())
