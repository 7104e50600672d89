package jpeg

// fourColours ends the program as unsupported: a picture for printing.
func fourColours()
