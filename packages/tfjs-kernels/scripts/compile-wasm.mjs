console.log("nothing to compile yet");
