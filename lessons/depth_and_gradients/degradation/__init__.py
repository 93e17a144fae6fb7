"""Do deeper networks fit the training data worse?"""
