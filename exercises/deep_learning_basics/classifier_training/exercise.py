from autograder.checks import classifier

kind = "code"
names = ("Classifier",)
signature = "class Classifier(torch.nn.Module): forward(x)"

checks = classifier("Classifier", data="mnist", things=("digit", "digits"), accuracy=0.85, in_pack=True)
