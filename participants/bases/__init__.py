"""The two official registers, «База наставляемых» and «База наставников», as they leave the program."""
