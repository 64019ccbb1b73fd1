#!/usr/bin/env node
// This file is not built, so package managers can link the command before the first build.
import '../dist/cli.js';
