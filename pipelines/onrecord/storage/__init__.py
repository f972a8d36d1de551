"""Files and folders: where things lie in a datasets folder, and how they are written so that nothing is half there."""
